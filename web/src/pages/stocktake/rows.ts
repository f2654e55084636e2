import type { components } from '@/api/openapi';
import { parseInteger } from '@/i18n/format';

type Body = components['schemas']['StocktakeCreate'];

export const states = ['open', 'busy', 'booked', 'unchanged', 'moved', 'refused', 'unknown'] as const;

/** What became of a row: moved is one whose stock is another than its counter saw, and unknown one whose answer never came. */
export type State = (typeof states)[number];

/** A count that was sent, under the key by which it has one effect. */
export interface Sent {
  key: string;
  body: Body;
}

/** What was counted of one product. */
export interface Row {
  key: string;
  product: { id: number; sku: string; name: string };
  expected: number; // in the books, when it was begun to be counted
  text: string; // the count as it is typed
  state: State;
  why: string; // of a state that needs looking at
  sent?: Sent; // whether it was booked is not known: only the same may be sent again
}

/** A stocktake of many products, the newest row first. */
export interface Sheet {
  note: string; // of every row
  rows: Row[];
}

export const emptySheet: Sheet = { note: '', rows: [] };

export const countOf = (row: Row) => parseInteger(row.text);
export const isCounted = (row: Row) => countOf(row) >= 0;
export const isDone = ({ state }: Row) => state === 'booked' || state === 'unchanged';

/** Whether the count can still be changed. */
export const isOpen = ({ state, sent }: Row) => !sent && (state === 'open' || state === 'moved' || state === 'refused');

/** Whether it can be booked: what moved is looked at first. */
export const isDue = (row: Row) => isCounted(row) && (row.state === 'open' || row.state === 'refused' || row.state === 'unknown');

export const differenceOf = (row: Row) => countOf(row) - row.expected;

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
