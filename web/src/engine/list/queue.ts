import { useEffect } from 'react';
import { makeStore } from '@/api/store';

/** The rows and the address of the list that was shown last: a record's page leads to its neighbours, and back. */
export const queue = makeStore<{ resource: string; ids: number[]; path: string }>({ resource: '', ids: [], path: '' });

/** The row that a list focuses when the person comes back to it. */
export interface Place {
  list: string; // its address
  id: number;
  index: number;
  after: number[]; // the rows below, the first of which takes its place if it is gone
}

export const place = makeStore<Place>({ list: '', id: 0, index: 0, after: [] });

export const placeOf = (list: string, ids: number[], index: number): Place => ({ list, id: ids[index] ?? 0, index, after: ids.slice(index + 1) });

/**
 * The address of the list from which a record was opened, if it was shown last. The row of the record
 * gets the focus there, also when the person went on to it from another record.
 */
export function useWayBack(resource: string, id = 0): string | undefined {
  const { resource: listed, ids, path } = queue.use();
  const index = listed === resource ? ids.indexOf(id) : -1;
  useEffect(() => {
    if (index >= 0) place.set(placeOf(path, ids, index));
  }, [path, ids, index]);
  return listed === resource ? path : undefined;
}
