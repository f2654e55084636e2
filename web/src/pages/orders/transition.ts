import { useQueryClient } from '@tanstack/react-query';
import type { Send } from '@/api/attempt';
import { api } from '@/api/http';
import { isProblem, messageOf } from '@/api/problem';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import type { Order, Status } from './types';

const verbs: Record<Status, string> = {
  pending: 'Reopen', processing: 'Start processing', shipped: 'Mark as shipped', delivered: 'Mark as delivered', cancelled: 'Cancel order',
};

/** The text of the button that moves an order to a state. */
export const verbOf = (to: Status) => t(verbs[to] ?? words(to));

/** Moves an order to another state; `sending` makes sure that this happens once. */
export const transition = (sending: (send: Send<Order>) => Promise<Order>, id: number, to: Status, note?: string): Promise<Order> =>
  sending((headers) => api.post<Order>(`/orders/${id}/transitions`, note ? { to, note } : { to }, headers));

/** Returns a function that lists the next states which the person may give an order. */
export function useSteps() {
  const may = useMay();
  return (order: Order) => order.allowed_transitions.filter((to) => may(to === 'cancelled' ? 'orders:cancel' : 'orders:transition'));
}

/** Shows a changed order at once, and fetches everything else again. */
export function useShowOrder() {
  const client = useQueryClient();
  return async (order?: Order) => {
    if (order) client.setQueryData(['orders', 'getOne', { id: String(order.id), meta: undefined }], order);
    await client.invalidateQueries();
  };
}

/** Why an order could not be moved, with the state that it has now. */
export function whyRefused(error: unknown): string {
  if (!isProblem(error) || !['invalid_transition', 'conflict'].includes(error.code)) return messageOf(error);
  const { from, to } = error.body as { from?: string; to?: string };
  if (!from || !to) return error.message;
  return t('Somebody else changed this order first: it is now {from} and cannot become {to}.', { from: words(from).toLowerCase(), to: words(to).toLowerCase() });
}

export const isOvertaken = (error: unknown) => isProblem(error, 'invalid_transition') || isProblem(error, 'conflict');
