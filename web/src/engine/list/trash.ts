import type { Column } from './columns';
import type { Filters } from './filters';

/** The filter that shows what was deleted and can be restored, and the order with what was deleted last on top. */
export const trashFilter = { include_deleted: true, deleted_at_null: false };
export const trashSort = { field: 'deleted_at', order: 'DESC' } as const;

/** The columns of the trash: when a record was deleted stands in place of when it was changed. */
export const trashColumns = (columns: Column[]) => columns.map((column) => {
  if (column.key === 'deleted_at') return { ...column, hidden: false };
  return column.key === 'updated_at' ? { ...column, hidden: true } : column;
});

export const inTrash = (filters: object) => (filters as Filters).deleted_at_null !== undefined && (filters as Filters).include_deleted !== undefined;
