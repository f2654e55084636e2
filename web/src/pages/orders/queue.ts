import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import { makeStore } from '@/api/store';
import type { Order } from './types';
import { toPack } from './tabs';

const key = 'storekeeper.queue';

/** The states that one works through: those of the tab opened last, in this window. */
const queue = makeStore(sessionStorage.getItem(key) ?? toPack.key);

export function rememberQueue(status: string) {
  sessionStorage.setItem(key, status);
  queue.set(status);
}

export const useQueue = () => queue.use();

/** The neighbours of an order in the queue, oldest first; found by id, so at any depth at once. */
export function useNeighbours(order: Order | undefined) {
  const status = useQueue();
  return useQuery({
    queryKey: ['orders', 'neighbours', status, order?.id],
    enabled: order !== undefined,
    queryFn: async ({ signal }) => {
      const id = order?.id ?? 0;
      const one = { status, limit: 1, count: 'none' };
      const [after, before] = await Promise.all([
        api.get<{ items: Order[] }>('/orders', { ...one, id_gt: id, sort: 'id' }, signal),
        api.get<{ items: Order[] }>('/orders', { ...one, id_lt: id, sort: '-id' }, signal),
      ]);
      return { next: after.items[0], previous: before.items[0] };
    },
  });
}
