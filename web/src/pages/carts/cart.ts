import { useQuery, useQueryClient } from '@tanstack/react-query';
import { once } from '@/api/attempt';
import { api } from '@/api/http';
import { mistyped } from '@/api/problem';

export interface CartLine {
  id: number;
  product_id: number;
  sku: string;
  product_name: string;
  price: number;
  quantity: number;
  subtotal: number | null; // null if it exceeds the largest amount
  is_active: boolean;
  stock: number;
}

export interface Cart {
  items: CartLine[];
  total_amount: number | null; // null if it exceeds the largest amount
  currency: string;
}

export const cartPath = (customer: number | string) => `/carts/${customer}`;

const keyOf = (customer: number) => ['carts', customer];

export const useCart = (customer: number, enabled = true) =>
  useQuery({
    queryKey: keyOf(customer),
    enabled,
    queryFn: ({ signal }) => {
      if (Number.isNaN(customer)) throw mistyped();
      return api.get<Cart>(`/customers/${customer}/cart`, {}, signal);
    },
    gcTime: 0, // a cart that is opened again is fetched, not shown as it was
    refetchInterval: 20_000, // prices and stock change during the call
  });

/** The ways to change a cart. They run one after another, and the newest answer is shown. */
export function useCartChanges(customer: number) {
  const client = useQueryClient();
  const path = `/customers/${customer}/cart`;

  const run = async (change: () => Promise<Cart | void>) => {
    await client.cancelQueries({ queryKey: keyOf(customer) });
    const cart = await inTurn(change);
    if (cart) client.setQueryData<Cart>(keyOf(customer), (shown) => shown && cart); // nothing is stored if the page was left
    else await client.invalidateQueries({ queryKey: keyOf(customer) });
  };
  return {
    add: (product: number, quantity: number) =>
      run(() => once((headers) => api.post<Cart>(`${path}/items`, { product_id: product, quantity }, headers))),
    setQuantity: (line: number, quantity: number) => run(() => api.patch<Cart>(`${path}/items/${line}`, { quantity })),
    remove: (line: number) => run(() => api.delete(`${path}/items/${line}`)),
    clear: () => run(() => api.delete(path)),
    reload: () => client.invalidateQueries({ queryKey: keyOf(customer) }),
  };
}

export type CartChanges = ReturnType<typeof useCartChanges>;

let last: Promise<unknown> = Promise.resolve();

/** Runs the task after all earlier changes of carts. */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const mine = last.then(task, task);
  last = mine.catch(() => undefined);
  return mine;
}
