import type { components } from '@/api/openapi';
import { isDone, isWaiting, unitsOf, type SheetRow } from '@/pages/sheet/rows';

export type Body = components['schemas']['StocktakeCreate'];

/** A row of a stocktake: one product and its count. */
export type Row = SheetRow<Body>;

/** The units in orders to pack that are among those counted. What was sent or booked stays as it is. */
export function soldOf(row: Row, apart: boolean) {
  if (row.sent) return row.sent.body.committed ?? 0;
  return (apart && !isDone(row) ? 0 : row.committed) ?? 0;
}

export const isCounted = (row: Row) => unitsOf(row) >= 0;

/** Whether fewer units were counted than are in orders to pack, so that not all of these can be sent. */
export const isShort = (row: Row, apart: boolean) => unitsOf(row) < soldOf(row, apart);

export const isDue = (row: Row, apart: boolean) => isCounted(row) && !isShort(row, apart) && isWaiting(row);
export const differenceOf = (row: Row, apart: boolean) => unitsOf(row) - soldOf(row, apart) - row.expected;

/** How many rows differ from the books, and the units over and short in total. */
export function sumOf(rows: Row[], apart: boolean) {
  const differences = rows.filter(isCounted).map((row) => differenceOf(row, apart));
  const sum = (all: number[]) => all.reduce((total, n) => total + n, 0);
  return {
    differ: differences.filter((n) => n !== 0).length,
    over: sum(differences.filter((n) => n > 0)),
    short: sum(differences.filter((n) => n < 0)),
  };
}
