import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useListContext } from 'ra-core';
import { Link } from 'react-router';
import { words } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { nobody } from './found';
import { ordersPath, tabOf } from './tabs';
import { statuses } from './types';
import { useFilters } from './useFilters';
import { countsOf } from './useStatusCounts';

/** Says why no order is shown, and in which tabs there are matching ones. */
export function NoOrders() {
  const { status, ...others } = useFilters();
  if (Object.keys(others).length > 0) return <NoneMatches filter={others} />;
  const tab = tabOf(status);
  if (tab?.key === '') return <NoneAtAll />;
  if (tab?.oldestFirst) return <Empty title={t('No orders are waiting')} text={t('New orders appear here automatically, oldest first.')} />;
  return <Empty title={t('No orders here')} text={t('Orders appear here when they reach this status.')} />;
}

function NoneAtAll() {
  const may = useMay();
  const mayOrder = may('carts:read') && may('customers:read');
  return (
    <Empty title={t('No orders yet')} text={t('Orders appear here as soon as they are placed.')}>
      {mayOrder && <Button variant="outlined" component={Link} to="/carts">{t('Phone order')}</Button>}
    </Empty>
  );
}

function NoneMatches({ filter }: { filter: Record<string, unknown> }) {
  const { setFilters } = useListContext();
  const { data: counts } = useQuery({
    queryKey: ['orders', 'counts', filter],
    queryFn: ({ signal }) => countsOf(filter, signal),
    enabled: filter.customer_id !== nobody,
  });
  const elsewhere = counts ? statuses.filter((status) => counts[status] > 0) : [];
  const text = filter.customer_id === nobody
    ? t('No customer has that name or address.')
    : elsewhere.length > 0 ? t('Matching orders are in other tabs:') : t('Try fewer words or remove a filter.');
  return (
    <Empty title={elsewhere.length > 0 ? t('No orders match in this tab') : t('No orders match')} text={text}>
      {elsewhere.map((status) => (
        <Link key={status} className="link" to={ordersPath({ ...filter, status })}>
          {plural(counts?.[status] ?? 0, '{n} order in {tab}', '{n} orders in {tab}', { tab: words(status) })}
        </Link>
      ))}
      <Button variant="outlined" onClick={() => setFilters({})}>{t('Remove all filters')}</Button>
    </Empty>
  );
}
