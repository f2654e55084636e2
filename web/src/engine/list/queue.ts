import { makeStore } from '@/api/store';

/** The rows and the address of the list that was shown last: a record's page leads to its neighbours, and back. */
export const queue = makeStore<{ resource: string; ids: number[]; path: string }>({ resource: '', ids: [], path: '' });
