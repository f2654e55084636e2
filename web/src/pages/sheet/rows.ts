import { parseInteger } from '@/i18n/format';

export const states = ['open', 'busy', 'booked', 'unchanged', 'moved', 'refused', 'unknown'] as const;

/** What became of a row: moved is one whose stock is another than its counter saw, and unknown one whose answer never came. */
export type State = (typeof states)[number];

/** What was sent, under the key by which it has one effect. */
export interface Sent<Body> {
  key: string;
  body: Body;
  at: number; // in milliseconds
}

/** The units of one product. */
export interface SheetRow<Body> {
  key: string; // by which it is booked, so that it is booked once
  product: { id: number; sku: string; name: string; is_active?: boolean };
  expected: number; // in the books, when the row was begun
  text: string; // the units as they are typed
  state: State;
  why: string; // of a state that needs looking at
  sent?: Sent<Body>; // whether it was booked is not known: only the same may be sent again
}

/** What was typed, scanned or pasted and no product was found for. */
export interface UnknownSku {
  sku: string;
  units?: string; // that came with it, as they were typed
  line?: number; // of what was pasted
  why?: string; // it could not be looked up
}

/** What is typed of many products, the newest row first. */
export interface Sheet<Body> {
  note: string; // of every row
  rows: SheetRow<Body>[];
  unknown: UnknownSku[]; // until somebody has seen to them
}

export const emptySheet = { note: '', rows: [], unknown: [] };

type AnyRow = SheetRow<unknown>;

export const unitsOf = ({ text }: AnyRow) => parseInteger(text);
export const isDone = ({ state }: AnyRow) => state === 'booked' || state === 'unchanged';

/** Whether the units can still be changed. */
export const isOpen = ({ state, sent }: AnyRow) => !sent && (state === 'open' || state === 'moved' || state === 'refused');

/** Whether it can be booked when its units can: what moved is looked at first. */
export const isWaiting = ({ state }: AnyRow) => state === 'open' || state === 'refused' || state === 'unknown';
