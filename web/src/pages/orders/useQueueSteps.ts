import { t } from '@/i18n/t';
import { useGo } from '@/keys/useGo';
import { toast } from '@/toast/toasts';
import { useNeighbours, useQueue, useWayToList } from './queue';
import type { Order } from './types';

/** The ways from an order to its neighbours in the list from which it was opened, and back to that list. */
export function useQueueSteps(order: Order) {
  const goTo = useGo();
  const path = useQueue();
  const data = useNeighbours(order);
  const back = useWayToList(order);
  const list = () => goTo(back, { state: { back: true } });
  const go = (to: number | undefined, none: string) => () => {
    if (to) goTo(`/orders/${to}`);
    else if (data) toast(none, 'info', { label: t('Back to the list'), run: list });
  };
  return {
    path, data, list,
    goNext: go(data?.next, t('This was the last one in the queue.')),
    goBack: go(data?.previous, t('This is the first one in the queue.')),
  };
}
