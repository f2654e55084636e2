import type { components } from '@/api/openapi';
import { isWaiting, unitsOf, type SheetRow } from '@/pages/sheet/rows';

export type Body = components['schemas']['StocktakeCreate'];

/** What was counted of one product. */
export type Row = SheetRow<Body>;

export const isCounted = (row: Row) => unitsOf(row) >= 0;
export const isDue = (row: Row) => isCounted(row) && isWaiting(row);
export const differenceOf = (row: Row) => unitsOf(row) - row.expected;

/** What the counts say, all in all. */
export function sumOf(rows: Row[]) {
  const differences = rows.filter(isCounted).map(differenceOf);
  const sum = (all: number[]) => all.reduce((total, n) => total + n, 0);
  return {
    differ: differences.filter((n) => n !== 0).length,
    over: sum(differences.filter((n) => n > 0)),
    short: sum(differences.filter((n) => n < 0)),
  };
}
