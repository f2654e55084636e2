import type { Column } from './columns';
import type { Filters } from './filters';

/** The filter for deleted records that can be restored, and the order that puts the last deleted on top. */
export const trashFilter = { include_deleted: true, deleted_at_null: false };
export const trashSort = { field: 'deleted_at', order: 'DESC' } as const;

/** The columns of the trash: with the time of the deletion in place of the time of the last change. */
export const trashColumns = (columns: Column[]) => columns.map((column) => {
  if (column.key === 'deleted_at') return { ...column, hidden: false };
  return column.key === 'updated_at' ? { ...column, hidden: true } : column;
});

export const inTrash = (filters: object) => (filters as Filters).deleted_at_null !== undefined && (filters as Filters).include_deleted !== undefined;
