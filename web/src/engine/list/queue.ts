import { makeStore } from '@/api/store';

/** The rows of the list last looked at, so that a record's page can lead to the next. */
export const queue = makeStore<{ resource: string; ids: number[] }>({ resource: '', ids: [] });
