import { useEvent, useListContext } from 'ra-core';
import { plural } from '@/i18n/t';
import { words } from '@/i18n/format';
import { isUnknown, onceBack } from '@/api/attempt';
import { makeStore } from '@/api/store';
import { recordKey, toast } from '@/toast/toasts';
import { showResults } from '@/ui/results';
import { inParallel } from '@/api/inParallel';
import { untilDone } from '@/api/untilDone';
import { transition, useShowOrder, whyRefused } from './transition';
import { isUnpacked, type Order, type Status } from './types';

/** The progress of a bulk transition; null if none is running. */
export const progress = makeStore<{ done: number; all: number } | null>(null);

type Result = { order: Order; error?: string; unknown?: boolean };

/** Moves many orders to a state, each on its own and a few at a time, and then reports what became of each. */
export function useBulkTransition() {
  const { selectedIds, onSelect } = useListContext<Order>();
  const show = useShowOrder();
  // All others stay selected, also those that were selected meanwhile.
  const unselect = useEvent((ids: number[]) => onSelect(selectedIds.filter((id) => !ids.includes(id))));

  return async (orders: Order[], to: Status, note?: string) => {
    if (progress.get() || orders.length === 0) return;
    progress.set({ done: 0, all: orders.length });
    const results = await untilDone(() => inParallel(orders, async (order): Promise<Result> => {
      try {
        await transition(onceBack, order.id, to, note);
        return { order };
      } catch (error) {
        return { order, error: whyRefused(error), unknown: isUnknown(error) };
      } finally {
        progress.set((p) => p && { ...p, done: p.done + 1 });
      }
    }));
    progress.set(null);
    const moved = results.filter((r) => !r.error).map((r) => r.order.id);
    unselect(moved);
    report(results, to, () => onSelect(moved));
    await show();
  };
}

/** Says what became of the orders. Those that are still to be packed can be selected again, for their slips. */
function report(results: Result[], to: Status, select: () => void) {
  const failed = results.filter((r) => r.error).length;
  const moved = results.length - failed;
  const state = words(to).toLowerCase();
  if (moved > 0) {
    const action = isUnpacked(to) ? { label: plural(moved, 'Select it', 'Select them'), run: select } : undefined;
    const about = results.filter((r) => !r.error).map((r) => recordKey('orders', r.order.id));
    toast(plural(moved, '{n} order is now {state}', '{n} orders are now {state}', { state }), 'success', action, about);
  }
  if (failed === 0) return;
  showResults({
    title: plural(failed, '{n} order could not be moved', '{n} orders could not be moved'),
    refused: results.flatMap(({ order, error, unknown }) => (error ? [{ id: order.id, name: `#${order.number}`, to: `/orders/${order.id}`, error, unknown }] : [])),
    done: { n: moved, state: words(to) },
  });
}
