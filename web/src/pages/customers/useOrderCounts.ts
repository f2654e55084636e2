import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { Order } from '@/pages/orders/types';

const atMost = 200;

/** How many orders each customer of a page has. */
interface OrderCounts {
  of: (customer: number) => number;
  complete: boolean; // if false, each count is a minimum
}

/**
 * Counts the orders of all customers of a page from one request. If they have more orders
 * than that request may return, the counts are incomplete.
 */
export function useOrderCounts(customers: number[], enabled: boolean): OrderCounts | undefined {
  const { data } = useQuery({
    queryKey: ['orders', 'by customer', customers],
    enabled: enabled && customers.length > 0,
    queryFn: async ({ signal }) => {
      const query = { customer_id: customers, limit: atMost, count: 'none' };
      const { items, next_cursor } = await api.get<{ items: Order[]; next_cursor: string | null }>('/orders', query, signal);
      const counts = new Map<number, number>();
      for (const { customer_id: id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
      return { counts, complete: next_cursor === null };
    },
  });
  return data && { of: (customer) => data.counts.get(customer) ?? 0, complete: data.complete };
}
