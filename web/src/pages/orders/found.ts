import { api, termsOf } from '@/api/http';
import type { Customer, Order } from './types';

/** An id that no customer has. A search that matches no customer filters by it. */
export const nobody = '9007199254740991';

const firstNumber = 1000;
export const customersAtOnce = 200; // the most that a filter takes

const key = 'storekeeper.searches';
const remembered = 20;

/** The typed text of a search, by the customer filter that it led to. Kept for this window, also across reloads. */
const searches = new Map<unknown, string>(JSON.parse(sessionStorage.getItem(key) ?? '[]') as [string, string][]);

export function rememberSearch(customers: string, text: string) {
  searches.delete(customers);
  searches.set(customers, text);
  sessionStorage.setItem(key, JSON.stringify([...searches].slice(-remembered)));
}

let beforeNumber: Record<string, unknown> = {};

/** Remembers the filters that a search by number replaces: it searches all orders. */
export function rememberFilters(filters: Record<string, unknown>) {
  if (filters.id === undefined) beforeNumber = filters;
}

/** The filters without those of the search. After a search by number, they are the ones from before it. */
export function filtersBeside(filters: Record<string, unknown>): Record<string, unknown> {
  const { id: _, customer_id: __, ...others } = filters.id === undefined ? filters : { ...beforeNumber, ...filters };
  return others;
}

/**
 * The id of the order with this number; null if the text is no order number. A number below the first
 * gives an id that no order has. Without a #, digits that begin with 0 or are more than eight are a phone number.
 */
function numberIn(text: string): number | null {
  const digits = /^#\s*\d{1,15}$|^[1-9]\d{0,7}$/.exec(text)?.[0].replace(/\D/g, '');
  return digits ? Number(digits) - firstNumber : null;
}

/** The filter for the customers who match a text. */
async function customersLike(text: string): Promise<string> {
  const query = { q: termsOf(text), limit: customersAtOnce, count: 'none', include_deleted: true };
  const { items } = await api.get<{ items: Customer[] }>('/customers', query);
  return items.map((c) => c.id).join(',') || nobody;
}

/**
 * The filter that a text leads to: by the number of an order, or by the customers who match. Six to eight
 * digits that are no order's number may be the end of a telephone number.
 */
export async function soughtBy(text: string): Promise<{ id?: number; customer_id?: string }> {
  const number = numberIn(text);
  if (number === null) return text === '' ? {} : { customer_id: await customersLike(text) };
  if (!/^\d{6,}$/.test(text)) return { id: number };
  const { items } = await api.get<{ items: Order[] }>('/orders', { id: number, limit: 1, count: 'none' });
  const customers = items.length > 0 ? nobody : await customersLike(text);
  return customers === nobody ? { id: number } : { customer_id: customers };
}

/** The text of the search field for these filters. */
export function searchText(filters: Record<string, unknown>): string {
  if (/^-?\d+$/.test(String(filters.id as string))) return `#${Number(filters.id) + firstNumber}`;
  return searches.get(filters.customer_id) ?? '';
}

/** Whether more customers may match than the filter has. */
export const isCutOff = (filters: Record<string, unknown>) => String(filters.customer_id as string).split(',').length >= customersAtOnce;
