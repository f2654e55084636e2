import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { dayStart } from '@/i18n/format';
import { t } from '@/i18n/t';
import { choices, dayOf, dayText, problemWith, type Period } from './period';

/** Chooses the period. It is kept in the address, so that it can be bookmarked and shared. */
export function PeriodPicker({ period, now }: { period: Period; now: Date }) {
  const [, setParams] = useSearchParams();
  const chosen = { from: dayText(period.from), to: dayText(dayStart(period.to, -1)) };
  const [typed, setTyped] = useState(chosen);
  const [seen, setSeen] = useState(chosen);
  const [sent] = useState(() => new Set<string>());
  if (textOf(seen) !== textOf(chosen)) {
    setSeen(chosen);
    // A period from elsewhere replaces the typed one. One that was typed here may arrive late and does not.
    if (!sent.has(textOf(chosen))) setTyped(chosen);
  }
  const problem = problemOf(typed, now);
  const go = (to: Record<string, string>) => setParams((params) => ({ ...withoutPeriod(params), ...to }), { replace: true });
  // A day is typed digit by digit: the address changes only when both days make a valid period.
  const type = (next: typeof typed) => {
    setTyped(next);
    if (problemOf(next, now) !== '') return;
    sent.add(textOf(next));
    go(next);
  };
  const choose = (key: string) => {
    sent.clear();
    setTyped(chosen);
    go({ period: key });
  };
  const day = (name: 'from' | 'to', label: string) => (
    <input
      type="date"
      aria-label={label}
      aria-invalid={Boolean(problem)}
      max={dayText(now)}
      value={typed[name]}
      onChange={(e) => type({ ...typed, [name]: e.target.value })}
    />
  );
  return (
    <div className="period" role="group" aria-label={t('Period')}>
      {choices.map(({ key, label }) => (
        <button key={key} type="button" aria-pressed={key === period.key} onClick={() => choose(key)}>{label}</button>
      ))}
      <span className="period-days">
        {day('from', t('First day'))}
        <span aria-hidden>–</span>
        {day('to', t('Last day'))}
      </span>
      {problem && <span className="period-problem" role="alert">{problem}</span>}
    </div>
  );
}

/** What else the address says. */
const withoutPeriod = (params: URLSearchParams) => Object.fromEntries([...params].filter(([name]) => !['period', 'from', 'to'].includes(name)));

const textOf = ({ from, to }: { from: string; to: string }) => `${from} ${to}`;

/** What is wrong with the period: null while a day is incomplete, empty if nothing is. */
function problemOf({ from, to }: { from: string; to: string }, now: Date): string | null {
  const first = dayOf(from);
  const last = dayOf(to);
  return first && last && problemWith(first, last, now);
}
