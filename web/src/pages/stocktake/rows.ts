import type { components } from '@/api/openapi';
import { isWaiting, unitsOf, type SheetRow } from '@/pages/sheet/rows';

export type Body = components['schemas']['StocktakeCreate'];

/** A row of a stocktake: one product and its count. */
export type Row = SheetRow<Body>;

export const isCounted = (row: Row) => unitsOf(row) >= 0;
export const isDue = (row: Row) => isCounted(row) && isWaiting(row);
export const differenceOf = (row: Row) => unitsOf(row) - row.expected;

/** How many rows differ from the books, and the units over and short in total. */
export function sumOf(rows: Row[]) {
  const differences = rows.filter(isCounted).map(differenceOf);
  const sum = (all: number[]) => all.reduce((total, n) => total + n, 0);
  return {
    differ: differences.filter((n) => n !== 0).length,
    over: sum(differences.filter((n) => n > 0)),
    short: sum(differences.filter((n) => n < 0)),
  };
}
