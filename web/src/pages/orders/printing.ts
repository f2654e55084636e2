import { makeStore } from '@/api/store';
import type { Order } from './types';

/** The orders whose packing slips are being prepared and printed. */
export const printing = makeStore<Order[]>([]);

/** The orders whose pick list is being prepared and printed. */
export const picking = makeStore<Order[]>([]);

/** Adds the orders to those whose slips are being prepared, which are printed together. */
export function printSlips(orders: Order[]) {
  printing.set((all) => [...all, ...orders.filter(({ id }) => !all.some((order) => order.id === id))]);
}

export const printPicks = (orders: Order[]) => picking.set(orders);

export const usePreparing = () => printing.use().length > 0;
