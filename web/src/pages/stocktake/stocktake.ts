import { idempotencyKey, isUnknown, newKey, once, UnknownOutcome } from '@/api/attempt';
import { inParallel } from '@/api/inParallel';
import { isProblem, messageOf } from '@/api/problem';
import { makeStore } from '@/api/store';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { countStock, productNow } from '@/pages/products/stock';
import { keepSheet, keptSheet, onKept } from './kept';
import { countOf, emptySheet, isCounted, isDone, isDue, isOpen, type Row, type Sheet } from './rows';

/** The stocktake of a person: it is kept with every change, and lives on while they look at another page. */
function makeStocktake(member: number) {
  const store = makeStore(keptSheet(member));
  const busy = makeStore(false);
  onKept(member, store.set);

  const set = (to: (sheet: Sheet) => Sheet) => {
    store.set(to);
    keepSheet(member, store.get());
  };
  const setRows = (to: (rows: Row[]) => Row[]) => set((sheet) => ({ ...sheet, rows: to(sheet.rows) }));
  const change = (key: string, to: Partial<Row>) => setRows((rows) => rows.map((row) => (row.key === key ? { ...row, ...to } : row)));
  const find = (key: string) => store.get().rows.find((row) => row.key === key);

  /** Adds units to the count of a product that is open, or begins one; answers its row. */
  const add = ({ id, sku, name, stock }: FoundProduct, units: number): Row => {
    const same = store.get().rows.find((row) => row.product.id === id && isOpen(row));
    const row: Row = same ?? { key: newKey(), product: { id, sku, name }, expected: stock, text: '', state: 'open', why: '' };
    const text = units === 0 ? row.text : isCounted(row) ? String(countOf(row) + units) : [row.text.trim(), units].filter(Boolean).join(' + ');
    const next: Row = { ...row, text, ...(row.state === 'refused' && units > 0 && { state: 'open', why: '' }) };
    if (same) change(same.key, next);
    else setRows((rows) => [next, ...rows]);
    return next;
  };

  /** Books one row, if it is due still, and says whether it was done; what it sends is kept first. */
  const bookRow = async (key: string): Promise<boolean | undefined> => {
    const row = find(key);
    if (!row || !isDue(row)) return undefined;
    const note = store.get().note.trim();
    const sent = row.sent ?? { key: newKey(), body: { counted: countOf(row), expected: row.expected, note: note || undefined } };
    change(key, { state: 'busy', why: '', sent });
    try {
      const { id } = await once((headers) => countStock(row.product.id, sent.body, headers), idempotencyKey(sent.key));
      change(key, { state: id === null ? 'unchanged' : 'booked', sent: undefined });
      return true;
    } catch (error) {
      if (isUnknown(error)) change(key, { state: 'unknown', why: new UnknownOutcome(error).message });
      else change(key, { ...(await refusalOf(row, error)), sent: undefined });
      return false;
    }
  };

  return {
    use: store.use,
    useBusy: busy.use,
    add,
    type: (key: string, text: string) => change(key, { text, state: 'open', why: '' }),
    confirm: (key: string) => change(key, { state: 'open', why: '' }),
    /** Takes a row away, and answers what brings it back. */
    remove: (row: Row) => {
      const at = store.get().rows.indexOf(row);
      setRows((rows) => rows.filter(({ key }) => key !== row.key));
      return () => setRows((rows) => [...rows.slice(0, at), row, ...rows.slice(at)]);
    },
    removeDone: () => setRows((rows) => rows.filter((row) => !isDone(row))),
    setNote: (note: string) => set((sheet) => ({ ...sheet, note })),
    clear: () => set(() => emptySheet),
    /** Books what is due, each row on its own; answers how many were done and how many were not. */
    book: async () => {
      busy.set(true);
      const done = await inParallel(store.get().rows.filter(isDue).map(({ key }) => key), bookRow);
      busy.set(false);
      return { done: done.filter((one) => one === true).length, left: done.filter((one) => one === false).length };
    },
  };
}

/** What to say of a row that was refused: another stock now is one to look at, and what it is compared to from here. */
async function refusalOf(row: Row, error: unknown): Promise<Partial<Row>> {
  const expected = isProblem(error, 'conflict') ? await productNow(row.product.id).then(({ stock }) => stock, () => row.expected) : row.expected;
  if (expected === row.expected) return { state: 'refused', why: messageOf(error) };
  return { state: 'moved', expected, why: t('The books said {before} when it was counted, and say {now} now.', { before: number(row.expected), now: number(expected) }) };
}

export type Stocktake = ReturnType<typeof makeStocktake>;

const all = new Map<number, Stocktake>();

export function stocktakeOf(member: number): Stocktake {
  const made = all.get(member) ?? makeStocktake(member);
  all.set(member, made);
  return made;
}
