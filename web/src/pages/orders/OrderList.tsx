import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ResourceList } from '@/engine/list/ResourceList';
import { useMay } from '@/session/session';
import { orderColumns } from './columns';
import { nobody } from './found';
import { NoOrders } from './NoOrders';
import { OrderBulk } from './OrderBulk';
import { OrderKeys } from './OrderKeys';
import { OrderSearch } from './OrderSearch';
import { PrintHost } from './PrintHost';
import { partsOf, rememberQueue } from './queue';
import { StatusTabs } from './StatusTabs';
import { tabPath, toPack } from './tabs';
import './orders.css';

/** The orders, made for packing: what waits longest is on top. */
export function OrderList() {
  const { pathname, search } = useLocation();
  const may = useMay();
  if (!search) return <Navigate to={tabPath(toPack)} replace />;
  const { status, customer_id: customer } = partsOf(search).filter;
  const several = !status || status.includes(',');
  return (
    <>
      <ResourceList
        columns={(generic) => orderColumns(generic, several)}
        sort={{ field: 'id', order: 'ASC' }}
        above={<Head path={pathname + search} />}
        search={<OrderSearch />}
        hideFilters={customer === nobody ? ['status', 'customer_id'] : ['status']}
        selectable={may('orders:transition') || may('orders:cancel')}
        bulkActions={<OrderBulk />}
        empty={<NoOrders />}
      />
      <PrintHost />
    </>
  );
}

function Head({ path }: { path: string }) {
  useEffect(() => rememberQueue(path), [path]);
  return (
    <div className="order-head">
      <StatusTabs />
      <OrderKeys />
    </div>
  );
}
