import { lazy, Suspense } from 'react';
import type { RecordData } from '@/api/definitions';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { t } from '@/i18n/t';
import { Change } from '@/pages/products/Change';
import { useMay } from '@/session/session';
import { CausingOrder } from './CausingOrder';
import './movements.css';

const OfProduct = lazy(() => import('./OfProduct'));

/** The stock movements, each with the order that caused it. They can be filtered by searching for a product. */
export function MovementList() {
  const may = useMay();
  return <ResourceList columns={columns(may('order-items:read') && may('orders:read'))} search={may('products:read') && <div className="movements-search"><Suspense><OfProduct /></Suspense></div>} />;
}

/** Replaces the number of a movement, which nobody knows, by its time, and the order line, whose title repeats the product's name, by the order. */
const columns = (withOrders: boolean) => (generic: Column[]): Column[] => {
  const when = generic.find((column) => column.key === 'created_at');
  const others = generic.filter((column) => column !== when).map((column): Column => {
    switch (column.key) {
      case 'id':
        return { ...column, primary: false, hidden: true };
      case 'product_id':
        return { ...column, late: 'broad', heads: true };
      case 'quantity_change':
        return { ...column, render: (movement) => <Change units={movement.quantity_change as number} /> };
      case 'order_item_id':
        return { ...column, label: t('Order'), late: 'narrow', hidden: !withOrders, render: (movement) => <Cause movement={movement} /> };
      case 'actor':
        return { ...column, spare: true };
      default:
        return column;
    }
  });
  return when ? [{ ...when, sortBy: 'id', primary: true, hidden: false, wide: false, spare: false }, ...others] : generic;
};

function Cause({ movement }: { movement: RecordData }) {
  const line = movement.order_item_id as number | null;
  return line === null ? <span className="muted none">–</span> : <CausingOrder line={line} />;
}
