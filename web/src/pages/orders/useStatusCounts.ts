import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import { useMay } from '@/session/session';
import { statuses, type Status } from './types';

type Counts = Record<Status, number>;

interface Report {
  items: { status: Status; count: number }[];
}

/** The number of orders in each state, of all or of those that match the filter, updated regularly. */
export function useStatusCounts(filter: object = {}) {
  const reported = useMay()('reports:read') && Object.keys(filter).length === 0; // otherwise the orders are counted by their list
  return useQuery({
    queryKey: reported ? ['orders', 'counts'] : ['orders', 'counts', filter],
    queryFn: ({ signal }) => (reported ? counts(signal) : countsOf(filter, signal)),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    retry: false,
  });
}

async function counts(signal: AbortSignal): Promise<Counts> {
  const { items } = await api.get<Report>('/reports/orders-by-status', {}, signal);
  return Object.fromEntries(items.map((i) => [i.status, i.count])) as Counts;
}

/** The number of orders in each state that match the filter. */
export async function countsOf(filter: object, signal: AbortSignal): Promise<Counts> {
  const totals = await Promise.all(statuses.map(async (status) => {
    const { total } = await api.get<{ total: number }>('/orders', { ...filter, status, limit: 1 }, signal);
    return [status, total] as const;
  }));
  return Object.fromEntries(totals) as Counts;
}

export const countOf = (counts: Counts, members: Status[]) => members.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
