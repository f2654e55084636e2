import type { Filters } from './filters';

/** The filter that shows what was deleted and can be restored. */
export const trashFilter = { include_deleted: true, deleted_at_null: false };

export const inTrash = (filters: object) => (filters as Filters).deleted_at_null !== undefined && (filters as Filters).include_deleted !== undefined;
