import { t } from '@/i18n/t';
import { emptySheet, states, type Row, type Sent, type Sheet, type State } from './rows';

const version = 1; // of what is kept; another one is not read

const placeOf = (member: number) => `storekeeper.stocktake.${member}`;

/** The count that this person left in this browser. */
export function keptSheet(member: number): Sheet {
  try {
    return read(localStorage.getItem(placeOf(member)));
  } catch {
    return emptySheet; // the browser keeps nothing
  }
}

/** Keeps it, as far as the browser lets one. */
export function keepSheet(member: number, sheet: Sheet) {
  try {
    if (sheet === emptySheet) localStorage.removeItem(placeOf(member));
    else localStorage.setItem(placeOf(member), JSON.stringify({ version, ...sheet }));
  } catch {
    // no room, or not allowed: it lives as long as the page
  }
}

/** Tells what another tab made of it. */
export function onKept(member: number, take: (sheet: Sheet) => void) {
  window.addEventListener('storage', ({ key, newValue }) => key === placeOf(member) && take(read(newValue)));
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Takes what can be understood, and leaves the rest. */
function read(text: string | null): Sheet {
  const kept = fieldsOf(parsed(text));
  if (kept.version !== version || !Array.isArray(kept.rows)) return emptySheet;
  const note = typeof kept.note === 'string' ? kept.note : '';
  return { note, rows: kept.rows.flatMap((row) => rowOf(fieldsOf(row)) ?? []) };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function rowOf({ key, product, expected, text, state, why, sent }: Fields): Row | undefined {
  const { id, sku, name } = fieldsOf(product);
  if (typeof key !== 'string' || !isCount(id) || typeof sku !== 'string' || typeof name !== 'string' || !isCount(expected) || typeof text !== 'string') return undefined;
  const row = { key, product: { id, sku, name }, expected, text };
  const open = sentOf(fieldsOf(sent));
  if (open) return { ...row, state: 'unknown', why: t('Whether it was booked is not known; booking it again does not do it twice.'), sent: open };
  const known = states.includes(state as State) && state !== 'busy' && state !== 'unknown';
  return { ...row, state: known ? (state as State) : 'open', why: known && typeof why === 'string' ? why : '' };
}

/** What the page did not live to see the answer of. */
function sentOf({ key, body }: Fields): Sent | undefined {
  const { counted, expected, note } = fieldsOf(body);
  if (typeof key !== 'string' || !isCount(counted) || !isCount(expected)) return undefined;
  return { key, body: { counted, expected, ...(typeof note === 'string' && { note }) } };
}
