import { api, words } from '@/api/http';
import type { Customer } from './types';

/** An id that no customer has: what a search for nobody filters by. */
export const nobody = '9007199254740991';

const firstNumber = 1000;
export const customersAtOnce = 200; // as many as a filter takes

const key = 'storekeeper.searches';
const remembered = 20;

/** What was typed, by the filter by customers that it became; known to this window, also when it is loaded again. */
const searches = new Map<unknown, string>(JSON.parse(sessionStorage.getItem(key) ?? '[]') as [string, string][]);

export function rememberSearch(customers: string, text: string) {
  searches.delete(customers);
  searches.set(customers, text);
  sessionStorage.setItem(key, JSON.stringify([...searches].slice(-remembered)));
}

let beforeNumber: Record<string, unknown> = {};

/** The filters that a search by number stands in for: an order is looked for among all of them. */
export function rememberFilters(filters: Record<string, unknown>) {
  if (filters.id === undefined) beforeNumber = filters;
}

/** The filters beside those of a search, also when that was by number and is over. */
export function filtersBeside(filters: Record<string, unknown>): Record<string, unknown> {
  const { id: _, customer_id: __, ...others } = filters.id === undefined ? filters : { ...beforeNumber, ...filters };
  return others;
}

/**
 * The id of the order whose number this is, which of a number below all is nobody's; null when it is no number.
 * What begins with 0, or has more digits than orders come to without a #, is a telephone number.
 */
export function numberIn(text: string): number | null {
  const digits = /^#\s*\d{1,15}$|^[1-9]\d{0,7}$/.exec(text)?.[0].replace(/\D/g, '');
  return digits ? Number(digits) - firstNumber : null;
}

/** The filter by the customers whom a text finds. */
export async function customersLike(text: string): Promise<string> {
  const query = { q: words(text), limit: customersAtOnce, count: 'none', include_deleted: true };
  const { items } = await api.get<{ items: Customer[] }>('/customers', query);
  return items.map((c) => c.id).join(',') || nobody;
}

/** What stands in the search field for the filters in force. */
export function searchText(filters: Record<string, unknown>): string {
  if (/^-?\d+$/.test(String(filters.id as string))) return `#${Number(filters.id) + firstNumber}`;
  return searches.get(filters.customer_id) ?? '';
}

/** Whether there may be customers whom the filter leaves out. */
export const isCutOff = (filters: Record<string, unknown>) => String(filters.customer_id as string).split(',').length >= customersAtOnce;
