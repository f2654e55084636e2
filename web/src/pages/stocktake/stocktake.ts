import { isProblem, messageOf } from '@/api/problem';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { booksOf, levelNow } from '@/pages/products/level';
import { countStock } from '@/pages/products/stock';
import { isCount } from '@/pages/sheet/kept';
import { unitsOf } from '@/pages/sheet/rows';
import { sheetsOf, type SheetOf } from '@/pages/sheet/sheet';
import { isDue, soldOf, type Body, type Row } from './rows';

export type Stocktake = SheetOf<Body>;

export const stocktakeOf = sheetsOf<Body>({
  name: 'stocktake',
  begin,
  isDue,
  bodyOf: (row, note, apart) => ({ counted: unitsOf(row), expected: row.expected, committed: soldOf(row, apart) || undefined, note }),
  readBody: ({ counted, expected, committed, note }) => (isCount(counted) && isCount(expected)
    ? { counted, expected, ...(isCount(committed) && { committed }), ...(typeof note === 'string' && { note }) }
    : undefined),
  send: async (row, body, headers) => {
    const { id } = await countStock(row.product.id, body, headers);
    return { state: id === null ? 'unchanged' : 'booked', committed: body.committed ?? 0 };
  },
  refusalOf,
});

/** Looks up how many units are in orders to pack. If that is known only after the product was counted, the person has to confirm the count. */
async function begin(row: Row, late: boolean): Promise<Partial<Row>> {
  const { stock: expected, committed } = await levelNow(row.product.id);
  if (!late || (expected === row.expected && committed === 0)) return { expected, committed };
  return { expected, committed, state: 'moved', why: booksOf({ stock: expected, committed }) };
}

/** The state of a refused row. If the stock has changed, the person has to confirm the count, which is then compared with the new stock. */
async function refusalOf(row: Row, error: unknown): Promise<Partial<Row>> {
  const shown = { stock: row.expected, committed: row.committed ?? 0 };
  const { stock: expected, committed } = isProblem(error, 'conflict') ? await levelNow(row.product.id).catch(() => shown) : shown;
  if (expected === shown.stock && committed === shown.committed) return { state: 'refused', why: messageOf(error) };
  const why = expected === shown.stock
    ? t('Orders were sent or cancelled while it was counted. {now}', { now: booksOf({ stock: expected, committed }) })
    : t('The books said {before} when it was counted, and say {now} now.', { before: number(row.expected), now: number(expected) });
  return { state: 'moved', expected, committed, why };
}
