import { useListContext } from 'ra-core';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { toast } from '@/toast/toasts';
import { printSlips } from './printing';
import { useSteps } from './transition';
import { useBulkTransition } from './useBulkTransition';
import type { Order } from './types';

/** Keys for the rows that are selected, or the one that has the focus. */
export function OrderKeys() {
  const { data, selectedIds } = useListContext<Order>();
  const steps = useSteps();
  const move = useBulkTransition();

  const chosen = () => {
    const focused = Number(document.activeElement?.closest('tr[data-id]')?.getAttribute('data-id'));
    const ids = selectedIds.length > 0 ? selectedIds : [focused];
    return (data ?? []).filter((order) => ids.includes(order.id));
  };
  const advance = () => {
    const orders = chosen();
    const to = orders[0] && steps(orders[0]).find((step) => step !== 'cancelled');
    if (!to) {
      toast(t('Select orders that have a next step: j and k move, x selects.'), 'info');
      return;
    }
    void move(orders.filter((order) => steps(order).includes(to)), to);
  };
  useShortcuts([
    { keys: 'a', text: t('Move on to the next state'), group: t('Orders'), run: advance },
    { keys: 'P', text: t('Print packing slips'), group: t('Orders'), run: () => printSlips(chosen()) },
  ]);
  return null;
}
