import { useListContext, type ListControllerResult } from 'ra-core';

/** The filters of the surrounding list, by the names of their query parameters. */
export function useFilters(): Record<string, unknown> {
  const list: Pick<ListControllerResult, 'filterValues'> = useListContext();
  return list.filterValues as Record<string, unknown>;
}
