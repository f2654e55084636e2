import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import { makeStore } from '@/api/store';
import { queue as page, useWayBack } from '@/engine/list/queue';
import type { Order } from './types';
import { tabPath, toPack } from './tabs';

const key = 'storekeeper.queue';

/** The address of the list of orders that was last shown in this window: its filters, order and page. */
const queue = makeStore(sessionStorage.getItem(key) ?? tabPath(toPack));

export function rememberQueue(path: string) {
  sessionStorage.setItem(key, path);
  queue.set(path);
}

export const useQueue = () => queue.use();

/** The address of the list from which the order was opened, as it was: that of To pack may have no filters. */
export function useWayToList(order: Order): string {
  const path = useQueue();
  return useWayBack('orders', order.id) ?? path;
}

export interface Neighbours {
  next?: number;
  previous?: number;
  position?: number; // undefined if the order has left the list, or is too far down to count
  total?: number;
}

/** The neighbours of an order in the list from which it was opened. */
export function useNeighbours(order: Order) {
  const path = useQueue();
  const { resource, ids } = page.use();
  const { filter, field, descending } = partsOf(path);
  const here = field !== 'id' && resource === 'orders' ? ids.indexOf(order.id) : -1;
  const { data } = useQuery({
    queryKey: ['orders', 'neighbours', path, order.id],
    enabled: here < 0,
    queryFn: ({ signal }) => byId(order.id, filter, descending, signal),
  });
  return here < 0 ? data : { previous: ids[here - 1], next: ids[here + 1], position: here + 1, total: ids.length };
}

interface Answer {
  items: Order[];
  total: number;
  total_is_estimate?: boolean;
}

/** Finds the neighbours by id: this is fast at any depth, and works for an order that has just left the list. */
async function byId(id: number, filter: object, descending: boolean, signal: AbortSignal): Promise<Neighbours> {
  const [onward, back] = descending
    ? [{ id_lte: id, sort: '-id' }, { id_gt: id, sort: 'id' }]
    : [{ id_gte: id, sort: 'id' }, { id_lt: id, sort: '-id' }];
  const [after, before] = await Promise.all([
    api.get<Answer>('/orders', { ...filter, ...onward, limit: 2 }, signal),
    api.get<Answer>('/orders', { ...filter, ...back, limit: 1 }, signal),
  ]);
  const inside = after.items[0]?.id === id;
  const counted = !after.total_is_estimate && !before.total_is_estimate;
  return {
    next: after.items[inside ? 1 : 0]?.id,
    previous: before.items[0]?.id,
    position: inside && counted ? before.total + 1 : undefined,
    total: counted ? before.total + after.total : undefined,
  };
}

/** Whether the list at the address has orders of this state. */
export function holds(path: string, status: Order['status']): boolean {
  const states = partsOf(path).filter.status;
  return !states || states.split(',').includes(status);
}

/** The filter and the order in the address of a list. */
export function partsOf(path: string) {
  const params = new URLSearchParams(path.split('?')[1]);
  return { filter: filterIn(params), field: params.get('sort') ?? 'id', descending: params.get('order') === 'DESC' };
}

function filterIn(params: URLSearchParams): Record<string, string> {
  try {
    return JSON.parse(params.get('filter') ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
