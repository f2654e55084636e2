import { Link } from 'react-router';
import { money } from '@/i18n/format';
import { plural } from '@/i18n/t';

export interface Bar {
  key: number;
  to: string;
  title: string;
  sub: string;
  revenue: number;
  units: number;
}

const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** What sold most, as bars against the first, with each one's share of all. */
export function Bars({ bars, total, none }: { bars: Bar[]; total: number; none: string }) {
  const most = bars[0]?.revenue ?? 0;
  if (bars.length === 0) return <p className="flush muted">{none}</p>;
  return (
    <ol className="bars">
      {bars.map((bar) => (
        <li key={bar.key}>
          <Link to={bar.to} title={bar.title}>
            <span className="bar-name"><span>{bar.title}</span> <span className="muted">{bar.sub}</span></span>
            <span className="num">{money(bar.revenue)}</span>
            <span className="bar-share muted num" title={plural(bar.units, '{n} unit', '{n} units')}>{total > 0 ? share.format(bar.revenue / total) : plural(bar.units, '{n} unit', '{n} units')}</span>
            <svg className="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
              <rect width={most > 0 ? Math.max((bar.revenue / most) * 100, 0.5) : 0} height="1" />
            </svg>
          </Link>
        </li>
      ))}
    </ol>
  );
}
