import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ResourceList } from '@/engine/list/ResourceList';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';
import { useMay } from '@/session/session';
import { orderColumns } from './columns';
import { OrderBulk } from './OrderBulk';
import { OrderKeys } from './OrderKeys';
import { OrderSearch } from './OrderSearch';
import { PrintHost } from './PrintHost';
import { partsOf, rememberQueue } from './queue';
import { StatusTabs } from './StatusTabs';
import { useFilters } from './useFilters';
import { tabOf, tabPath, toPack } from './tabs';
import './orders.css';

/** The orders, made for packing: what waits longest is on top. */
export function OrderList() {
  const { pathname, search } = useLocation();
  const may = useMay();
  if (!search) return <Navigate to={tabPath(toPack)} replace />;
  const { status } = partsOf(search).filter;
  const several = !status || status.includes(',');
  return (
    <>
      <ResourceList
        columns={(generic) => orderColumns(generic, several)}
        sort={{ field: 'id', order: 'ASC' }}
        above={<Head path={pathname + search} />}
        hideFilters={['status']}
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
      <OrderSearch />
      <OrderKeys />
    </div>
  );
}

function NoOrders() {
  const { status, ...others } = useFilters();
  if (Object.keys(others).length > 0) {
    return <Empty title={t('No orders match')} text={t('Look in another tab, try fewer words, or remove a filter.')} />;
  }
  const tab = tabOf(status);
  if (tab?.oldestFirst) return <Empty title={t('Nothing waits here')} text={t('New orders appear by themselves, the oldest on top.')} />;
  return <Empty title={t('No orders here')} text={t('Orders appear here when they reach this state.')} />;
}
