import { knownMoney, number, shortDay } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { ByDay } from './reports';

/** The chart as a table, for those who cannot see it. Firefox would show the caption of a table that is hidden itself. */
export const DayTable = ({ data }: { data: ByDay }) => (
  <div className="visually-hidden">
    <table>
      <caption>{t('Revenue per day')}</caption>
      <thead><tr><th scope="col">{t('Day')}</th><th scope="col">{t('Revenue')}</th><th scope="col">{t('Orders')}</th></tr></thead>
      <tbody>
        {data.items.map((day) => (
          <tr key={day.day}><th scope="row">{shortDay(`${day.day}T12:00:00`)}</th><td>{knownMoney(day.revenue)}</td><td>{number(day.orders)}</td></tr>
        ))}
      </tbody>
    </table>
  </div>
);
