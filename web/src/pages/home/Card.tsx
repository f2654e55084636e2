import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';

interface Props<T> {
  id: string;
  title: string;
  report: UseQueryResult<T>;
  link?: { to: string; label: string };
  beside?: ReactNode;
  lines?: number;
  flush?: boolean; // without padding, for tables that reach the card's edges
  children: (data: T) => ReactNode;
}

/** A card that shows a report, or why there is none. */
export function Card<T>({ id, title, report, link, beside, lines = 5, flush = false, children }: Props<T>) {
  const { data, error, isPending, refetch } = report;
  return (
    <section className="card home-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {beside}
        {link && <Link className="link home-more" to={link.to}>{link.label}</Link>}
      </header>
      {data !== undefined
        ? <div className={flush ? 'home-flush' : 'card-body'}>{children(data)}</div>
        : <div className="card-body">{isPending ? <LinesSkeleton lines={lines} /> : <Failed error={error} onRetry={() => void refetch()} />}</div>}
    </section>
  );
}

/** Says why there is no report, and offers to try again where that may help. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isProblem(error, 'forbidden')) return <p className="flush muted">{t('Your role does not include reports.')}</p>;
  return <PartFailed error={error} onRetry={onRetry} />;
}
