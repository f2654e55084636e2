import { idempotencyKey, isUnknown, newKey, once, UnknownOutcome } from '@/api/attempt';
import { inParallel } from '@/api/inParallel';
import { makeStore } from '@/api/store';
import { parseInteger } from '@/i18n/format';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { keptAt, type Fields } from './kept';
import { useElsewhere } from './useElsewhere';
import { emptySheet, isDone, isOpen, unitsOf, type Sheet, type SheetRow, type UnknownSku } from './rows';

/** What distinguishes one kind of sheet from another: how its rows are booked. */
interface Kind<Body> {
  name: string; // part of the key under which it is stored
  begin?: (row: SheetRow<Body>, late: boolean) => Promise<Partial<SheetRow<Body>>>; // looks up the committed units; late: only when it is booked
  isDue: (row: SheetRow<Body>, apart: boolean) => boolean;
  bodyOf: (row: SheetRow<Body>, note: string | undefined, apart: boolean) => Body;
  readBody: (kept: Fields) => Body | undefined;
  send: (row: SheetRow<Body>, body: Body, headers: Record<string, string>) => Promise<Partial<SheetRow<Body>>>; // returns what changes in the row
  refusalOf: (row: SheetRow<Body>, error: unknown) => Partial<SheetRow<Body>> | Promise<Partial<SheetRow<Body>>>;
}

/**
 * The sheet of a person. It is stored after every change, and lives on while they look at another
 * page. A row is always booked with its own idempotency key, so it is not booked twice when the page
 * is closed, the answer is lost, or another tab books it, too. A refusal does not use up the key.
 */
function makeSheet<Body>(kind: Kind<Body>, member: number) {
  type Row = SheetRow<Body>;
  const kept = keptAt(kind.name, member, kind.readBody);
  const store = makeStore(kept.read());
  const busy = makeStore(false);
  const overtaken = makeStore(false);
  kept.onChange((sheet) => {
    store.set(sheet);
    overtaken.set(true);
  });

  const set = (to: (sheet: Sheet<Body>) => Sheet<Body>) => {
    store.set(to);
    overtaken.set(false);
    kept.keep(store.get());
  };
  const setRows = (to: (rows: Row[]) => Row[]) => set((sheet) => ({ ...sheet, rows: to(sheet.rows) }));
  const change = (key: string, to: Partial<Row>) => setRows((rows) => rows.map((row) => (row.key === key ? { ...row, ...to } : row)));
  const find = (key: string) => store.get().rows.find((row) => row.key === key);

  const begin = async (row: Row, late = false) => {
    if (!kind.begin || row.sent || row.committed !== undefined) return;
    const begun = await kind.begin(row, late);
    if (find(row.key)?.committed === undefined) change(row.key, begun);
  };

  /** Adds units to the open row of a product, or to a new one, and returns the row. `unread` is text that is no number; it is added as it is. */
  const add = ({ id, sku, name, stock, is_active }: FoundProduct, units: number, unread = ''): Row => {
    const same = store.get().rows.find((row) => row.product.id === id && isOpen(row));
    const product = { id, sku, name, ...(is_active === false && { is_active }) };
    const row: Row = same ?? { key: newKey(), product, expected: stock, text: '', state: 'open', why: '' };
    const sum = units > 0 && unitsOf(row) >= 0 ? [unitsOf(row) + units] : [row.text.trim(), units];
    const text = [...sum, unread].filter(Boolean).join(' + ');
    const next: Row = { ...row, text, ...(row.state === 'refused' && text !== row.text && { state: 'open', why: '' }) };
    if (same) change(same.key, next);
    else {
      setRows((rows) => [next, ...rows]);
      void begin(next).catch(() => undefined); // before it is booked, this is tried again
    }
    return next;
  };

  /** Adds units as they were typed, even if they are no number. */
  const addTyped = (product: FoundProduct, units: string): Row => {
    const read = parseInteger(units);
    return read > 0 ? add(product, read) : add(product, 0, units);
  };

  /** Books one row, if it is still due, and returns whether it was done. The request is stored before it is sent. */
  const bookRow = async (key: string): Promise<boolean | undefined> => {
    const { note, apart } = store.get();
    const due = () => store.get().rows.find((row) => row.key === key && kind.isDue(row, apart));
    const found = due();
    if (!found) return undefined;
    try {
      await begin(found, true);
    } catch (error) {
      change(key, await kind.refusalOf(found, error));
      return false;
    }
    const row = due();
    if (!row) return false;
    const sent = row.sent ?? { key, body: kind.bodyOf(row, note.trim() || undefined, apart), at: Date.now() };
    change(key, { state: 'busy', why: '', sent });
    try {
      change(key, { ...(await once((headers) => kind.send(row, sent.body, headers), idempotencyKey(sent.key))), sent: undefined });
      return true;
    } catch (error) {
      if (isUnknown(error)) change(key, { state: 'unknown', why: new UnknownOutcome(error).message });
      else change(key, { ...(await kind.refusalOf(row, error)), sent: undefined });
      return false;
    }
  };

  return {
    use: store.use,
    useBusy: busy.use,
    /** Whether the last change came from another tab that has the sheet open. */
    useOvertaken: overtaken.use,
    useElsewhere: () => useElsewhere(`${kind.name}.${member}`),
    add,
    addTyped,
    type: (key: string, text: string) => change(key, { text, state: 'open', why: '' }),
    confirm: (key: string) => change(key, { state: 'open', why: '' }),
    /** Removes a row, and returns a function that brings it back. */
    remove: (row: Row) => {
      const at = store.get().rows.findIndex(({ key }) => key === row.key);
      setRows((rows) => rows.filter(({ key }) => key !== row.key));
      return () => setRows((rows) => [...rows.slice(0, at), row, ...rows.slice(at)]);
    },
    removeDone: () => setRows((rows) => rows.filter((row) => !isDone(row))),
    setNote: (note: string) => set((sheet) => ({ ...sheet, note })),
    setApart: (apart: boolean) => set((sheet) => ({ ...sheet, apart })),
    /** Notes a SKU for which no product was found. The units of the same SKU are added up. */
    miss: (missed: UnknownSku) => set((sheet) => ({ ...sheet, unknown: withMissed(sheet.unknown, missed) })),
    dismiss: (at: number) => set((sheet) => ({ ...sheet, unknown: sheet.unknown.filter((_, i) => i !== at) })),
    /** Adds the product that was found for an unknown SKU, with the units that came with it. */
    mend: (at: number, product: FoundProduct): Row => {
      const { units = '' } = store.get().unknown[at] ?? {};
      set((sheet) => ({ ...sheet, unknown: sheet.unknown.filter((_, i) => i !== at) }));
      return addTyped(product, units);
    },
    clear: () => set(({ apart }) => ({ ...emptySheet, apart })),
    /** Books all due rows, each on its own, and returns how many were done and how many were not. */
    book: async () => {
      busy.set(true);
      const { rows, apart } = store.get();
      const done = await inParallel(rows.filter((row) => kind.isDue(row, apart)).map(({ key }) => key), bookRow);
      busy.set(false);
      return { done: done.filter((one) => one === true).length, left: done.filter((one) => one === false).length };
    },
  };
}

function withMissed(all: UnknownSku[], missed: UnknownSku): UnknownSku[] {
  const isSame = ({ sku }: UnknownSku) => sku.toLowerCase() === missed.sku.toLowerCase();
  const same = all.find(isSame);
  if (!same) return [...all, missed];
  const [before, now] = [same.units ?? '', missed.units ?? ''];
  const sum = parseInteger(before) + parseInteger(now);
  const units = Number.isNaN(sum) ? [before, now].filter(Boolean).join(' + ') : String(sum);
  return all.map((one) => (one === same ? { ...missed, line: same.line, units } : one));
}

export type SheetOf<Body> = ReturnType<typeof makeSheet<Body>>;

/** The sheets of one kind, one for each member. */
export function sheetsOf<Body>(kind: Kind<Body>): (member: number) => SheetOf<Body> {
  const all = new Map<number, SheetOf<Body>>();
  return (member) => {
    const made = all.get(member) ?? makeSheet(kind, member);
    all.set(member, made);
    return made;
  };
}
