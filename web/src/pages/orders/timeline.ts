import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { OrderEvent } from './types';

/** What happened to an order, newest first. */
export const timelineOf = (order: number) => queryOptions({
  queryKey: ['orders', 'timeline', order],
  queryFn: ({ signal }) => api.get<{ items: OrderEvent[] }>(`/orders/${order}/timeline`, { sort: '-id', limit: 200, count: 'none' }, signal),
});
