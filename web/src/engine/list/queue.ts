import { makeStore } from '@/api/store';

/** The rows of the list last looked at and its address, so that a record's page can lead to the next, and back. */
export const queue = makeStore<{ resource: string; ids: number[]; path: string }>({ resource: '', ids: [], path: '' });
