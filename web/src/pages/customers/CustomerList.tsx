import { useListContext } from 'ra-core';
import { Link } from 'react-router';
import type { RecordData } from '@/api/definitions';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ordersPath } from '@/pages/orders/tabs';
import { useMay } from '@/session/session';
import { useOrderCounts } from './useOrderCounts';

/** The customers, with the number of their orders. */
export function CustomerList() {
  const mayOrders = useMay()('orders:read');
  return <ResourceList columns={(generic) => (mayOrders ? withOrders(generic) : generic)} />;
}

function withOrders(generic: Column[]): Column[] {
  const orders: Column = { key: 'orders', label: t('Orders'), end: true, late: true, render: (record) => <Orders customer={record.id} /> };
  const contacts = generic.findIndex((column) => column.key === 'phone') + 1;
  return [...generic.slice(0, contacts), orders, ...generic.slice(contacts)];
}

/** Each cell asks for the counts of the whole page, which are fetched only once. */
function Orders({ customer }: { customer: number }) {
  const { data = [] } = useListContext<RecordData>();
  const counts = useOrderCounts(data.map((record) => record.id), true);
  if (!counts) return <span className="muted">…</span>;
  const count = counts.of(customer);
  if (!counts.complete) {
    return <Link className="link" to={ordersPath({ customer_id: String(customer) })}>{count > 0 ? t('{n}+', { n: number(count) }) : t('Show')}</Link>;
  }
  return count > 0 ? <Link className="link" to={ordersPath({ customer_id: String(customer) })}>{number(count)}</Link> : <span className="muted">0</span>;
}
