import { parseInteger } from '@/i18n/format';

export const states = ['open', 'busy', 'booked', 'unchanged', 'moved', 'refused', 'unknown'] as const;

/** What became of a row. moved: the stock is not what it was when the row was counted. unknown: the answer never came. */
export type State = (typeof states)[number];

/** A request that was sent, with the idempotency key by which it takes effect only once. */
export interface Sent<Body> {
  key: string;
  body: Body;
  at: number; // in milliseconds
}

/** A row of a sheet: the units of one product. */
export interface SheetRow<Body> {
  key: string; // also the idempotency key with which the row is booked
  product: { id: number; sku: string; name: string; is_active?: boolean };
  expected: number; // the stock in the books when the row was begun
  committed?: number; // the units in orders to pack at that time; undefined until they are known, and in sheets that do not ask
  text: string; // the units as they are typed
  state: State;
  why: string; // the reason for a state that needs attention
  sent?: Sent<Body>; // not answered, so it may be booked: only the same request may be sent again
}

/** A SKU that was typed, scanned or pasted, and for which no product was found. */
export interface UnknownSku {
  sku: string;
  units?: string; // the units that came with it, as they were typed
  line?: number; // the line of the pasted text
  why?: string; // why it could not be looked up
}

/** A list of products with typed units, the newest row first. */
export interface Sheet<Body> {
  note: string; // for every row
  apart: boolean; // the units in orders to pack are not among those typed
  rows: SheetRow<Body>[];
  unknown: UnknownSku[]; // until each is found or dismissed
}

export const emptySheet = { note: '', apart: false, rows: [], unknown: [] };

type AnyRow = SheetRow<unknown>;

export const unitsOf = ({ text }: AnyRow) => parseInteger(text);
export const isDone = ({ state }: Pick<AnyRow, 'state'>) => state === 'booked' || state === 'unchanged';

/** Whether the units can still be changed. */
export const isOpen = ({ state, sent }: AnyRow) => !sent && (state === 'open' || state === 'moved' || state === 'refused');

/** Whether the row can be booked, if its units can. A row that moved must be confirmed first. */
export const isWaiting = ({ state }: Pick<AnyRow, 'state'>) => state === 'open' || state === 'refused' || state === 'unknown';
