import { t } from '@/i18n/t';

const Bar = ({ width }: { width: string }) => <span className="skeleton" style={{ width }} />;

/** Shown while a page is loading, in about its shape. */
export const PageSkeleton = () => (
  <div aria-busy="true">
    <span className="visually-hidden" role="status">{t('Loading')}</span>
    <div className="skeleton-head"><Bar width="60px" /><Bar width="180px" /></div>
    <div className="columns">
      {[[70, 45, 60, 50, 65, 40], [80, 55, 65]].map((widths) => (
        <div key={widths.length} className="card"><div className="card-body stack">{widths.map((w) => <Bar key={w} width={`${w}%`} />)}</div></div>
      ))}
    </div>
  </div>
);

export const LinesSkeleton = ({ lines = 4 }: { lines?: number }) => (
  <div className="stack" aria-busy="true">
    {Array.from({ length: lines }, (_, i) => <Bar key={i} width={`${85 - ((i * 17) % 40)}%`} />)}
  </div>
);

export const Cell = ({ width }: { width: string }) => <Bar width={width} />;
