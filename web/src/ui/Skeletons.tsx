import { t } from '@/i18n/t';

const Bar = ({ width }: { width: string }) => <span className="skeleton" style={{ width }} />;

/** Stands where a page will be, in about its shape. */
export const PageSkeleton = () => (
  <div className="stack" aria-busy="true" aria-label={t('Loading')}>
    <Bar width="180px" />
    <div className="card"><div className="card-body stack">{[70, 45, 60, 50, 65].map((w) => <Bar key={w} width={`${w}%`} />)}</div></div>
  </div>
);

export const LinesSkeleton = ({ lines = 4 }: { lines?: number }) => (
  <div className="stack" aria-busy="true" aria-label={t('Loading')}>
    {Array.from({ length: lines }, (_, i) => <Bar key={i} width={`${85 - ((i * 17) % 40)}%`} />)}
  </div>
);

export const Cell = ({ width }: { width: number }) => <Bar width={`${width}%`} />;
