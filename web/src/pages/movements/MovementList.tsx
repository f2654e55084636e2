import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';

/** The ledger: when each movement was, and not the line of an order, which has the name of the product again. */
export const MovementList = () => <ResourceList columns={columns} />;

function columns(generic: Column[]): Column[] {
  const when = generic.find((column) => column.key === 'created_at');
  const others = generic.filter((column) => column !== when).map((column): Column => {
    switch (column.key) {
      case 'product_id':
        return { ...column, late: 'broad' };
      case 'order_item_id':
        return { ...column, hidden: true };
      default:
        return column;
    }
  });
  const primary = others.findIndex((column) => column.primary) + 1;
  return when ? [...others.slice(0, primary), { ...when, hidden: false, wide: false, bare: true }, ...others.slice(primary)] : others;
}
