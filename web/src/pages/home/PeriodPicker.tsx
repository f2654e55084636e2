import { useSearchParams } from 'react-router';
import { t } from '@/i18n/t';
import { choices, dayStart, dayText, type Period } from './period';

/** Chooses the period in the address, so that it can be kept and sent. */
export function PeriodPicker({ period }: { period: Period }) {
  const [, setParams] = useSearchParams();
  const last = dayStart(period.to, -1);
  const setDays = (from: string, to: string) => {
    if (from && to) setParams(from <= to ? { from, to } : { from: to, to: from }, { replace: true });
  };
  return (
    <div className="period" role="group" aria-label={t('Period')}>
      {choices.map(({ key, label }) => (
        <button key={key} type="button" aria-pressed={key === period.key} onClick={() => setParams({ period: key }, { replace: true })}>{label}</button>
      ))}
      <span className="period-days">
        <input type="date" aria-label={t('First day')} value={dayText(period.from)} onChange={(e) => setDays(e.target.value, dayText(last))} />
        <span aria-hidden>–</span>
        <input type="date" aria-label={t('Last day')} value={dayText(last)} onChange={(e) => setDays(dayText(period.from), e.target.value)} />
      </span>
    </div>
  );
}
