import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import { useDataProvider, useListContext } from 'ra-core';
import { useQuery } from '@tanstack/react-query';
import { offline } from '@/api/http';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { noNextStep } from './OrderKeys';
import { printPicks, printSlips, usePreparing } from './printing';
import { useSteps, verbOf } from './transition';
import { progress, useBulkTransition } from './useBulkTransition';
import { isUnpacked, statuses, type Order, type Status } from './types';

const BulkStepDialog = lazy(() => import('./BulkStepDialog'));

interface Choice {
  to: Status;
  orders: Order[];
}

/** The steps that the selected orders can take, each with the number of orders that can. */
export function OrderBulk() {
  const { orders, complete } = useSelectedOrders();
  const steps = useSteps();
  const move = useBulkTransition();
  const running = progress.use();
  const preparing = usePreparing();
  const [asking, setAsking] = useState<Choice | null>(null);

  const choices: Choice[] = statuses
    .map((to) => ({ to, orders: orders.filter((order) => steps(order).includes(to)) }))
    .filter((choice) => choice.orders.length > 0);
  const main = choices.find(({ to }) => to !== 'cancelled');
  // An order in processing can still be cancelled; later steps cannot be undone.
  const take = (choice: Choice) => {
    const mixed = choice.orders.length < orders.length;
    const final = choice.to !== 'processing' && choice.orders.length > 1;
    if (mixed || final || choice.to === 'cancelled') setAsking(choice);
    else void move(choice.orders, choice.to);
  };
  const print = () => printSlips(orders);
  const toPick = orders.filter(({ status }) => isUnpacked(status));
  const pick = () => printPicks(toPick);
  useShortcuts([
    { keys: 'a', text: main ? verbOf(main.to) : t('Move to the next status'), group: t('Orders'), run: () => (main ? take(main) : noNextStep()) },
    { keys: 'P', text: t('Print packing slips'), group: t('Orders'), run: print },
    ...(toPick.length > 0 ? [{ keys: 'L', text: t('Print a pick list'), group: t('Orders'), run: pick }] : []),
  ], complete && !running);
  if (running) return <Progress {...running} />;
  return (
    <>
      {choices.map((choice) => (
        <Button
          key={choice.to}
          variant={choice === main ? 'contained' : 'outlined'}
          color={choice.to === 'cancelled' ? 'error' : 'primary'}
          aria-keyshortcuts={choice === main ? 'a' : undefined}
          disabled={!complete}
          onClick={() => take(choice)}
        >
          {choice.to === 'cancelled'
            ? plural(choice.orders.length, 'Cancel {n} order…', 'Cancel {n} orders…')
            : t('{verb} ({n})', { verb: verbOf(choice.to), n: number(choice.orders.length) })}
          {choice === main && <kbd className="button-key" aria-hidden="true">a</kbd>}
        </Button>
      ))}
      <Button aria-keyshortcuts="Shift+P" disabled={!complete || preparing} onClick={print}>{preparing ? t('Preparing slips…') : t('Print slips')}<kbd className="button-key" aria-hidden="true">P</kbd></Button>
      {toPick.length > 0 && <Button aria-keyshortcuts="Shift+L" disabled={!complete} onClick={pick}>{t('Pick list')}<kbd className="button-key" aria-hidden="true">L</kbd></Button>}
      {asking && (
        <Suspense>
          <BulkStepDialog
            {...asking}
            others={orders.length - asking.orders.length}
            onConfirm={(note) => void move(asking.orders, asking.to, note)}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function Progress({ done, all }: { done: number; all: number }) {
  const away = offline.use();
  const label = (n: number) => t(away ? '{done} of {all} moved: continues when the server is back' : '{done} of {all} moved', { done: number(n), all: number(all) });
  return (
    <span className="bulk-progress">
      <progress value={done} max={all} aria-label={label(done)} />
      <span className="num" aria-hidden="true">{label(done)}</span>
      {/* Readers say it a few times, not with every order. */}
      <span className="visually-hidden" role="status">{label(done - (done % Math.ceil(all / 4)))}</span>
    </span>
  );
}

/** The selected orders: those on this page from the list, those on other pages fetched separately. */
function useSelectedOrders() {
  const { data = [], selectedIds } = useListContext<Order>();
  const dataProvider = useDataProvider();
  const elsewhere = selectedIds.filter((id) => !data.some((order) => order.id === id));
  const others = useQuery({
    queryKey: ['orders', 'selected', elsewhere],
    enabled: elsewhere.length > 0,
    queryFn: async () => {
      const { data: found } = await dataProvider.getMany<Order>('orders', { ids: elsewhere });
      return elsewhere.flatMap((id) => found.filter((order) => order.id === id));
    },
  });
  return {
    orders: [...data.filter((order) => selectedIds.includes(order.id)), ...(elsewhere.length > 0 ? (others.data ?? []) : [])],
    complete: elsewhere.length === 0 || others.isSuccess,
  };
}
