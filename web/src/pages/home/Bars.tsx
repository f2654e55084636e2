import { Link } from 'react-router';
import { knownMoney, percent } from '@/i18n/format';
import { units } from './reports';

interface Bar {
  key: number;
  to?: string; // where it leads, if the person may go there
  title: string;
  sub: string;
  revenue: number | null;
  units: number | null;
}

/** The length of a bar. A sum that exceeds the largest amount (null) is drawn as that amount. */
const length = (bar?: Bar) => (bar && (bar.revenue ?? Number.MAX_SAFE_INTEGER)) ?? 0;

/** The best sellers, as bars relative to the first one, with the share of the total. */
export function Bars({ bars, total, none }: { bars: Bar[]; total: number | null; none: string }) {
  const most = length(bars[0]);
  if (bars.length === 0) return <p className="flush muted">{none}</p>;
  return (
    <ol className="bars">
      {bars.map((bar) => (
        <li key={bar.key}>
          {bar.to === undefined
            ? <div title={bar.title}><Drawn bar={bar} most={most} total={total} /></div>
            : <Link to={bar.to} title={bar.title}><Drawn bar={bar} most={most} total={total} /></Link>}
        </li>
      ))}
    </ol>
  );
}

const Drawn = ({ bar, most, total }: { bar: Bar; most: number; total: number | null }) => (
  <>
    <span className="bar-name"><span>{bar.title}</span> <span className="muted">{bar.sub}</span></span>
    <span className="bar-units muted num">{units(bar.units)}</span>
    <span className="bar-revenue num">{knownMoney(bar.revenue)}</span>
    <span className="bar-share muted num">{total ? percent(length(bar) / total) : ''}</span>
    <svg className="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
      <rect width={most > 0 ? Math.max((length(bar) / most) * 100, 0.5) : 0} height="1" />
    </svg>
  </>
);
