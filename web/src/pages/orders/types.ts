import type { RecordData } from '@/api/definitions';
import { dateTime, number } from '@/i18n/format';
import { t } from '@/i18n/t';

export type Status = 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled';

export const statuses: Status[] = ['pending', 'processing', 'shipped', 'delivered', 'cancelled'];

/** The states of orders that still have to be packed. */
export const unpacked: Status[] = ['pending', 'processing'];

/** The states of orders that count as revenue, as a filter. */
export const counted = statuses.filter((status) => status !== 'cancelled').join(',');

export interface OrderLine {
  id: number;
  product_id: number;
  sku: string;
  product_name: string;
  quantity: number;
  price: number;
  returned_quantity: number;
  damaged_quantity: number; // of the returned ones
  returned_at: string | null;
}

export interface Order extends RecordData {
  number: number;
  customer_id: number;
  status: Status;
  total_amount: number;
  currency: string; // that of the shop when it was placed
  placed_at: string;
  delivery_address: string | null;
  version: number;
  allowed_transitions: Status[];
  items: OrderLine[];
}

export interface OrderEvent {
  id: number;
  order_id: number;
  kind: 'placed' | 'transition' | 'note' | 'return';
  from: Status | null;
  to: Status | null;
  note: string | null;
  actor: string;
  created_at: string;
}

export interface Customer extends RecordData {
  name: string;
  email: string;
  phone: string | null;
  address: string | null;
  note: string | null;
}

/** The most characters that an address may have. */
export const longestAddress = 500;

/** The server's note in the timeline when a delivery address was changed. */
const readdressed = 'Delivery address changed';

export const isReaddressed = ({ kind, note }: OrderEvent) => kind === 'note' && note === readdressed;

export const unitsOf = (order: Pick<Order, 'items'>) => order.items.reduce((sum, line) => sum + line.quantity, 0);

/** What came back, at the prices at which it was sold. */
export const returnedOf = ({ items }: Pick<Order, 'items'>) =>
  items.reduce(({ units, worth }, line) => ({ units: units + line.returned_quantity, worth: worth + line.returned_quantity * line.price }), { units: 0, worth: 0 });

/** What was sold, by product: two lines of the same product are added up. */
export function productsOf(order: Pick<Order, 'items'>) {
  const byProduct = new Map<number, { id: number; name: string; sku: string; quantity: number }>();
  for (const line of order.items) {
    const quantity = (byProduct.get(line.product_id)?.quantity ?? 0) + line.quantity;
    byProduct.set(line.product_id, { id: line.product_id, name: line.product_name, sku: line.sku, quantity });
  }
  return [...byProduct.values()];
}

export const isUnpacked = (status: Status) => unpacked.includes(status);

/** Whether the goods were sent, so that they can be returned. */
export const hasLeft = ({ status }: Order) => status === 'shipped' || status === 'delivered';

/** What was returned of a line, in words; empty if nothing was. */
export const cameBack = ({ quantity, returned_quantity: units, damaged_quantity: damaged, returned_at: at }: OrderLine) => {
  if (at === null) return '';
  const values = { n: number(units), all: number(quantity), time: dateTime(at), damaged: number(damaged) };
  return damaged > 0 ? t('{n} of {all} returned on {time}, {damaged} damaged', values) : t('{n} of {all} returned on {time}', values);
};
