import { makeStore } from '@/api/store';
import type { Order } from './types';

/** The orders whose packing slips are being printed. */
export const printing = makeStore<Order[]>([]);

export function printSlips(orders: Order[]) {
  if (orders.length > 0) printing.set(orders);
}
