import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import { useDataProvider, useListContext } from 'ra-core';
import { useQuery } from '@tanstack/react-query';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { printSlips } from './printing';
import { useSteps, verbOf } from './transition';
import { progress, useBulkTransition } from './useBulkTransition';
import { statuses, type Order } from './types';

const BulkCancelDialog = lazy(() => import('./BulkCancelDialog'));

/** The steps that the selected orders can take, each with how many can take it. */
export function OrderBulk() {
  const orders = useSelectedOrders();
  const steps = useSteps();
  const move = useBulkTransition();
  const running = progress.use();
  const [cancelling, setCancelling] = useState<Order[] | null>(null);
  if (running) return <Progress {...running} />;

  const choices = statuses
    .map((to) => ({ to, orders: orders.filter((order) => steps(order).includes(to)) }))
    .filter((choice) => choice.orders.length > 0);
  return (
    <>
      {choices.map(({ to, orders }, i) => (
        <Button
          key={to}
          variant={i === 0 && to !== 'cancelled' ? 'contained' : 'outlined'}
          color={to === 'cancelled' ? 'error' : 'primary'}
          onClick={() => (to === 'cancelled' ? setCancelling(orders) : void move(orders, to))}
        >
          {t(to === 'cancelled' ? '{verb} ({n})…' : '{verb} ({n})', { verb: verbOf(to), n: number(orders.length) })}
        </Button>
      ))}
      <Button onClick={() => printSlips(orders)}>{t('Print slips')}</Button>
      {cancelling && (
        <Suspense>
          <BulkCancelDialog
            orders={cancelling}
            onConfirm={(note) => void move(cancelling, 'cancelled', note)}
            onClose={() => setCancelling(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function Progress({ done, all }: { done: number; all: number }) {
  const label = t('{done} of {all} moved', { done: number(done), all: number(all) });
  return (
    <span className="bulk-progress" role="status">
      <progress value={done} max={all} aria-label={label} />
      <span className="num">{label}</span>
    </span>
  );
}

/** The selected orders: those on this page as they are, those of other pages as read once. */
function useSelectedOrders(): Order[] {
  const { data = [], selectedIds } = useListContext<Order>();
  const dataProvider = useDataProvider();
  const elsewhere = selectedIds.filter((id) => !data.some((order) => order.id === id));
  const others = useQuery({
    queryKey: ['orders', 'selected', elsewhere],
    enabled: elsewhere.length > 0,
    queryFn: async () => (await dataProvider.getMany<Order>('orders', { ids: elsewhere })).data,
  });
  return [...data.filter((order) => selectedIds.includes(order.id)), ...(elsewhere.length > 0 ? (others.data ?? []) : [])];
}
