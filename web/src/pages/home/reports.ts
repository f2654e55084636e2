import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Query } from '@/api/http';
import { inZone } from '@/api/inZone';
import { knownNumber } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { counted } from '@/pages/orders/types';
import type { Period } from './period';

/** Sums are null if they exceed the largest amount. */
export interface Figures {
  revenue: number | null;
  orders: number;
  average_order: number | null;
  units: number | null;
}

export interface Summary {
  from: string;
  to: string;
  previous_from: string;
  previous_to: string;
  current: Figures;
  previous: Figures;
}

export interface Day {
  day: string;
  revenue: number | null;
  orders: number;
  units: number | null;
}

export interface ByDay {
  items: Day[];
  previous: Day[];
}

export interface CategorySales {
  category_id: number;
  name: string;
  path: string;
  revenue: number | null;
  units: number | null;
}

export interface ProductSales {
  product_id: number;
  sku: string;
  name: string;
  revenue: number | null;
  units: number | null;
}

export interface Ranked<T> {
  items: T[];
  total: { revenue: number | null; units: number | null };
}

export interface StockLevels {
  out: number;
  low: number;
  items: { product_id: number; sku: string; name: string; stock: number; low_stock_at: number | null }[];
}

/** What came back of an order line; price and amount are what it was sold for. */
export interface Returned {
  movement_id: number; returned_at: string; order_id: number; order_number: number; product_id: number; sku: string; product_name: string;
  units: number; damaged: number; price: number; amount: number; note: string | null;
}

export interface Returns {
  items: Returned[];
  total: { amount: number | null; units: number | null };
}

const freshMs = 60_000;

const kept = { placeholderData: keepPreviousData, refetchInterval: freshMs, retry: false } as const;

/** Reads a report; of a period, by the days of the person. */
const read = <T>(name: string, query: Query, signal: AbortSignal) => {
  const of = (more: Query) => api.get<T>(`/reports/${name}`, { ...query, ...more }, signal);
  return query.from === undefined ? of({}) : inZone((tz) => of({ tz }));
};

/** The products that sold most in a period. */
export interface SoldQuery {
  period: Period;
  sort: string;
  limit: number;
}

const soldQuery = ({ period, sort, limit }: SoldQuery) => ({ ...periodQuery(period), by: 'product', sort, limit });

export const useSold = (query: SoldQuery) => useReport<Ranked<ProductSales>>('sales', soldQuery(query));

export const readSold = (query: SoldQuery) => read<Ranked<ProductSales>>('sales', soldQuery(query), AbortSignal.timeout(60_000));

export interface ReturnsQuery {
  period: Period;
  limit: number;
}

export const readReturns = ({ period, limit }: ReturnsQuery) => read<Returns>('returns', { ...periodQuery(period), limit }, AbortSignal.timeout(60_000));

/** A report that is fetched again every minute. The last answer stays until the next one has arrived. */
export function useReport<T>(name: string, query: Query = {}) {
  return useQuery({
    queryKey: ['reports', name, query],
    queryFn: ({ signal }) => read<T>(name, query, signal),
    ...kept,
  });
}

/** A report that is compared with the period `other`, if that is given, instead of the one that the server chooses. */
function useBeside<T>(name: string, query: Query, other: Query | undefined, merge: (now: T, before: T) => T) {
  return useQuery({
    queryKey: ['reports', name, query, other],
    queryFn: async ({ signal }) => {
      if (!other) return read<T>(name, query, signal);
      const [now, before] = await Promise.all([read<T>(name, query, signal), read<T>(name, other, signal)]);
      return merge(now, before);
    },
    ...kept,
  });
}

export const useSummary = (period: Period, before?: Period) =>
  useBeside<Summary>('summary', periodQuery(period), before && periodQuery(before), (now, { from, to, current }) => ({ ...now, previous_from: from, previous_to: to, previous: current }));

export const useSalesByDay = (period: Period, before?: Period) =>
  useBeside<ByDay>('sales', { ...periodQuery(period), by: 'day' }, before && { ...periodQuery(before), by: 'day' }, (now, { items }) => ({ ...now, previous: items }));

export const units = (n: number | null) => (n === null ? t('{n} units', { n: knownNumber(n) }) : plural(n, '{n} unit', '{n} units'));

export const periodQuery = ({ from, to }: Period) => ({ from: from.toISOString(), to: to.toISOString() });

/** The filters of the list of orders whose totals make up the revenue. */
export const countedOrders = ({ from, to }: Period) => ({
  status: counted, placed_at_gte: from.toISOString(), placed_at_lt: to.toISOString(),
});
