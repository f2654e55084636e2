import type { Column } from '@/engine/list/columns';
import { money } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { Age } from './Age';
import { unitsOf, type Order } from './types';

const orderOf = (record: unknown) => record as Order;

/** The columns that packing needs come first. The others from the definitions are hidden at first. */
export function orderColumns(generic: Column[], withStatus: boolean): Column[] {
  const own: Column[] = [
    { key: 'number', label: t('Order'), sortBy: 'id', primary: true, render: (r) => `#${orderOf(r).number}` },
    ...named(generic, 'customer_id').map((c) => ({ ...c, bare: true })),
    { key: 'items', label: t('Items'), bare: true, render: (r) => <Contents order={orderOf(r)} /> },
    { key: 'total_amount', label: t('Total'), end: true, bare: true, sortBy: 'total_amount', render: (r) => money(orderOf(r).total_amount, orderOf(r).currency) },
    { key: 'age', label: t('Age'), end: true, bare: true, render: (r) => <Age placedAt={orderOf(r).placed_at} status={orderOf(r).status} /> },
    ...named(generic, 'placed_at').map((c) => ({ ...c, spare: true })), // the age says nearly the same
  ];
  const status = named(generic, 'status').map((c) => ({ ...c, hidden: !withStatus }));
  own.splice(1, 0, ...status);
  const taken = new Set([...own.map((c) => c.key), 'allowed_transitions']);
  const rest = generic.filter((c) => !taken.has(c.key)).map((c) => ({ ...c, hidden: true }));
  return [...own, ...rest];
}

const named = (columns: Column[], key: string) => columns.filter((c) => c.key === key);

function Contents({ order }: { order: Order }) {
  const units = unitsOf(order);
  return (
    <span className="order-contents" title={order.items.map((line) => `${line.quantity} × ${line.product_name}`).join('\n')}>
      {plural(units, '{n} unit', '{n} units')} <span className="muted">· {order.items.map((line) => line.product_name).join(', ')}</span>
    </span>
  );
}
