import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { ResourceList } from '@/engine/list/ResourceList';
import { useMay } from '@/session/session';
import { orderColumns } from './columns';
import { nobody, searchText } from './found';
import { NoOrders } from './NoOrders';
import { OrderBulk } from './OrderBulk';
import { OrderKeys } from './OrderKeys';
import { OrderSearch } from './OrderSearch';
import { PrintHost } from './PrintHost';
import { partsOf, rememberQueue } from './queue';
import { StatusTabs } from './StatusTabs';
import { tabPath, toPack } from './tabs';
import './orders.css';

/** The filters if the address has none. The address is not replaced, because that could happen after the person has gone back. */
const atFirst = { status: toPack.key };

/** The list of orders, made for packing: those that have waited longest come first. */
export function OrderList() {
  const { pathname, search } = useLocation();
  const may = useMay();
  const path = search ? pathname + search : tabPath(toPack);
  const { status, customer_id: customer, id } = partsOf(path).filter;
  const [searching, setSearching] = useState(false);
  const several = !status || status.includes(',');
  return (
    <>
      <ResourceList
        columns={(generic) => orderColumns(generic, several)}
        sort={{ field: 'id', order: 'ASC' }}
        filterDefaultValues={atFirst}
        above={<Head path={path} />}
        search={<OrderSearch onSearching={setSearching} />}
        searching={searching}
        hideFilters={['status', ...(customer === nobody ? ['customer_id'] : []), ...(searchText({ id }) ? ['id'] : [])]} // the search field says it
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
