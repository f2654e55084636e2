import { isProblem, messageOf } from '@/api/problem';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { countStock, productNow } from '@/pages/products/stock';
import { isCount } from '@/pages/sheet/kept';
import { unitsOf } from '@/pages/sheet/rows';
import { sheetsOf, type SheetOf } from '@/pages/sheet/sheet';
import { isDue, type Body, type Row } from './rows';

export type Stocktake = SheetOf<Body>;

export const stocktakeOf = sheetsOf<Body>({
  name: 'stocktake',
  isDue,
  bodyOf: (row, note) => ({ counted: unitsOf(row), expected: row.expected, note }),
  readBody: ({ counted, expected, note }) =>
    (isCount(counted) && isCount(expected) ? { counted, expected, ...(typeof note === 'string' && { note }) } : undefined),
  send: async (row, body, headers) => {
    const { id } = await countStock(row.product.id, body, headers);
    return { state: id === null ? 'unchanged' : 'booked' };
  },
  refusalOf,
});

/** The state of a refused row. If the stock has changed, the person has to confirm the count, which is then compared with the new stock. */
async function refusalOf(row: Row, error: unknown): Promise<Partial<Row>> {
  const expected = isProblem(error, 'conflict') ? await productNow(row.product.id).then(({ stock }) => stock, () => row.expected) : row.expected;
  if (expected === row.expected) return { state: 'refused', why: messageOf(error) };
  return { state: 'moved', expected, why: t('The books said {before} when it was counted, and say {now} now.', { before: number(row.expected), now: number(expected) }) };
}
