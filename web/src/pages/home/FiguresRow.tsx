import { Link } from 'react-router';
import type { UseQueryResult } from '@tanstack/react-query';
import { date, knownAverage, knownMoney, knownNumber, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ordersPath } from '@/pages/orders/tabs';
import { useMay } from '@/session/session';
import { Cell } from '@/ui/Skeletons';
import { Failed } from './Card';
import { countedOrders, type Figures, type Summary } from './reports';
import type { Period } from './period';

interface Props {
  title: string;
  against: string; // what the figures are compared with
  period: Period;
  report: UseQueryResult<Summary>;
}

interface Shown {
  key: keyof Figures;
  label: string;
  text: (figures: Figures) => string;
}

const shown: Shown[] = [
  { key: 'revenue', label: t('Revenue'), text: ({ revenue }) => knownMoney(revenue) },
  { key: 'orders', label: t('Orders'), text: ({ orders }) => number(orders) },
  { key: 'average_order', label: t('Average order'), text: ({ average_order: average, orders }) => knownAverage(average, orders) },
  { key: 'units', label: t('Units'), text: ({ units }) => knownNumber(units) },
];

/** Four figures of a period, compared with the period before. Each links to the orders that it sums up, for who may see orders. */
export function FiguresRow({ title, against, period, report }: Props) {
  const { data, error, isPending, refetch } = report;
  const leads = useMay()('orders:read');
  return (
    <section aria-label={title} className="figures-row">
      <h2>{title} <span className="muted" title={data && `${date(data.previous_from)} – ${date(data.previous_to)}`}>{against}</span></h2>
      {data || isPending
        ? (
          <div className="figures">
            {shown.map((one) => {
              const { key, label } = one;
              const figure = (
                <>
                  <span className="figure-label">{label}</span>
                  {data
                    ? <Figure of={one} data={data} />
                    : <span className="figure-value" aria-busy="true"><Cell width="60%" /></span>}
                </>
              );
              return leads
                ? <Link key={key} className="card figure" to={ordersPath(countedOrders(period))}>{figure}</Link>
                : <div key={key} className="card figure">{figure}</div>;
            })}
          </div>
        )
        : <div className="card card-body"><Failed error={error} onRetry={() => void refetch()} /></div>}
    </section>
  );
}

function Figure({ of: { key, text }, data: { current, previous } }: { of: Shown; data: Summary }) {
  const [now, before] = [current[key], previous[key]];
  return (
    <>
      <span className="figure-value num">{text(current)}</span>
      <span className="figure-before">
        {now !== null && before !== null && <Change now={now} before={before} />}
        <span className="muted num">{before === null && previous.orders === 0 ? t('none before') : t('from {n}', { n: text(previous) })}</span>
      </span>
    </>
  );
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });

/** From this factor on no percentage is shown: it would only say that there was next to nothing before. */
const most = 10;

/** By how much a figure rose or fell. Shows nothing if it was zero before. */
function Change({ now, before }: { now: number; before: number }) {
  if (before === 0) return null;
  if (now >= before * most) return <span className="chip chip-green num">{t('{n}× or more', { n: number(most) })}</span>;
  const change = (now - before) / before;
  const rounded = Math.round(change * 100);
  const tone = rounded > 0 ? 'green' : rounded < 0 ? 'red' : 'grey';
  return <span className={`chip chip-${tone} num`}>{percent.format(change).replace('-', '−')}</span>;
}
