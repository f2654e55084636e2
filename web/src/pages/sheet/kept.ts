import { t } from '@/i18n/t';
import { emptySheet, states, type Sent, type Sheet, type SheetRow, type State, type UnknownSku } from './rows';

const version = 1; // of the stored format; another version is not read

export type Fields = Record<string, unknown>;
type Read<Body> = (body: Fields) => Body | undefined;

/** The place in this browser where a member's sheet is stored. `body` reads a stored request of a row. */
export function keptAt<Body>(sheet: string, member: number, body: Read<Body>) {
  const place = `storekeeper.${sheet}.${member}`;
  return {
    /** The sheet that this person left here. */
    read: (): Sheet<Body> => {
      try {
        return read(localStorage.getItem(place), body);
      } catch {
        return emptySheet; // the browser allows no storage
      }
    },
    /** Stores the sheet, if the browser allows it. */
    keep: ({ note, apart, rows, unknown }: Sheet<Body>) => {
      try {
        if (rows.length + unknown.length === 0 && note === '' && !apart) localStorage.removeItem(place);
        else localStorage.setItem(place, JSON.stringify({ version, note, apart, rows, unknown }));
      } catch {
        // No room, or not allowed: the sheet lives as long as the page.
      }
    },
    /** Calls `take` with the sheet whenever another tab has changed it. */
    onChange: (take: (sheet: Sheet<Body>) => void) => {
      window.addEventListener('storage', ({ key, newValue }) => key === place && take(read(newValue, body)));
    },
  };
}

const fieldsOf = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Fields) : {});

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Reads what can be understood, and drops the rest. */
function read<Body>(text: string | null, body: Read<Body>): Sheet<Body> {
  const kept = fieldsOf(parsed(text));
  if (kept.version !== version || !Array.isArray(kept.rows)) return emptySheet;
  const note = typeof kept.note === 'string' ? kept.note : '';
  const unknown = Array.isArray(kept.unknown) ? kept.unknown.flatMap((one) => unknownOf(fieldsOf(one)) ?? []) : [];
  return { note, apart: kept.apart === true, rows: kept.rows.flatMap((row) => rowOf(fieldsOf(row), body) ?? []), unknown };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function unknownOf({ sku, units, line, why }: Fields): UnknownSku | undefined {
  if (typeof sku !== 'string') return undefined;
  return { sku, ...(typeof units === 'string' && { units }), ...(isCount(line) && { line }), ...(typeof why === 'string' && { why }) };
}

function rowOf<Body>({ key, product, expected, committed, text, state, why, sent }: Fields, body: Read<Body>): SheetRow<Body> | undefined {
  const { id, sku, name, is_active } = fieldsOf(product);
  if (typeof key !== 'string' || !isCount(id) || typeof sku !== 'string' || typeof name !== 'string' || !isCount(expected) || typeof text !== 'string') return undefined;
  const row = { key, product: { id, sku, name, ...(is_active === false && { is_active }) }, expected, ...(isCount(committed) && { committed }), text };
  const open = sentOf(fieldsOf(sent), body);
  if (open) return { ...row, state: 'unknown', why: t('It is not known whether this was booked. You can safely book it again: it is not done twice.'), sent: open };
  const known = states.includes(state as State) && state !== 'busy' && state !== 'unknown';
  return { ...row, state: known ? (state as State) : 'open', why: known && typeof why === 'string' ? why : '' };
}

/** A request whose answer had not arrived when the page was closed. */
function sentOf<Body>({ key, body, at }: Fields, readBody: Read<Body>): Sent<Body> | undefined {
  const known = readBody(fieldsOf(body));
  return typeof key === 'string' && known ? { key, body: known, at: isCount(at) ? at : 0 } : undefined;
}
