import { useListContext } from 'ra-core';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { toast } from '@/toast/toasts';
import { printSlips } from './printing';
import { useSteps } from './transition';
import { useBulkTransition } from './useBulkTransition';
import type { Order } from './types';
import { useNumberKeys } from './useNumberKeys';

export const noNextStep = () => toast(t('Select orders that have a next step: j and k move, x selects.'), 'info');

/** Shortcuts for the row that has the focus, as long as no row is selected. */
export function OrderKeys() {
  const { data, selectedIds } = useListContext<Order>();
  const steps = useSteps();
  const move = useBulkTransition();

  const focused = () => {
    const id = Number(document.activeElement?.closest('tr[data-id]')?.getAttribute('data-id'));
    return (data ?? []).filter((order) => order.id === id);
  };
  const advance = () => {
    const [order] = focused();
    const to = order && steps(order).find((step) => step !== 'cancelled');
    if (to) void move([order], to);
    else noNextStep();
  };
  useShortcuts([
    { keys: 'a', text: t('Move to the next status'), group: t('Orders'), run: advance },
    { keys: 'P', text: t('Print packing slips'), group: t('Orders'), run: () => printSlips(focused()) },
  ], selectedIds.length === 0);
  useNumberKeys(t('Orders'));
  return null;
}
