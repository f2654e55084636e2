import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Actor } from '@/engine/history/Actor';
import { listPath } from '@/engine/record';
import { dateTime, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Chip } from '@/ui/Chip';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';
import { Change } from './Change';
import { movementsOf, type Movement } from './stock';

/** The stock movements of a product, newest first, with the stock after each. */
export function Movements({ id, stock }: { id: number; stock: number }) {
  const query = useInfiniteQuery({
    queryKey: ['products', 'movements', id, stock],
    queryFn: ({ pageParam }) => movementsOf(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <section className="card">
      <header>
        <h2>{t('Movements')}</h2>
        {rows.length > 0 && <Link className="link head-link" to={listPath('inventory-movements', { product_id: String(id) })}>{t('Open as a list')}</Link>}
      </header>
      {query.isPending && <div className="card-body"><LinesSkeleton lines={6} /></div>}
      {query.error && <div className="card-body"><PartFailed error={query.error} onRetry={query.refetch} /></div>}
      {query.data && rows.length === 0 && <p className="card-body flush muted">{t('Nothing has moved yet.')}</p>}
      {rows.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Movements')}>
          <table className="grid movements" aria-label={t('Movements')}>
            <thead>
              <tr>
                <th scope="col">{t('When')}</th>
                <th scope="col">{t('Reason')}</th>
                <th scope="col" className="end">{t('Change')}</th>
                <th scope="col" className="end">{t('Stock after')}</th>
                <th scope="col">{t('Who')}</th>
                <th scope="col">{t('Note')}</th>
              </tr>
            </thead>
            <tbody>{rows.map((m) => <Row key={m.id} movement={m} />)}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && (
        <div className="card-body">
          <Button variant="outlined" disabled={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>{t('Show older movements')}</Button>
        </div>
      )}
    </section>
  );
}

const Row = ({ movement: m }: { movement: Movement }) => (
  <tr className="still">
    <td className="nowrap" data-label={t('When')}>{dateTime(m.created_at)}</td>
    <td>
      <Chip value={m.reason} />{' '}
      {m.order_id && <Link className="link" to={`/orders/${m.order_id}`}>#{m.order_number}</Link>}
    </td>
    <td className="end" data-label={t('Change')}><Change units={m.quantity_change} /></td>
    <td className="end strong" data-label={t('Stock after')}>{number(m.balance_after)}</td>
    <td data-label={t('Who')}>{m.actor && <Actor actor={m.actor} />}</td>
    <td className="muted">{m.note}</td>
  </tr>
);
