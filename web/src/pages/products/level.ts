import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { stockAt } from './stock';

/** The units of a product that can be sold, and those that are sold but in orders to pack: both are on the shelf. */
export interface Level {
  stock: number;
  committed: number;
}

export async function levelNow(id: number): Promise<Level> {
  const { stock, committed } = await stockAt(id);
  return { stock, committed: committed ?? 0 };
}

/** What a count is compared with, in words. */
export const booksOf = ({ stock, committed }: Level) => (committed === 0
  ? t('The books say {n}.', { n: number(stock) })
  : plural(committed, 'The books say {stock}, and {n} more is in orders to pack.', 'The books say {stock}, and {n} more are in orders to pack.', { stock: number(stock) }));

/** Why a count that is smaller than what is sold cannot be booked. */
export const tooFew = (sold: number) =>
  plural(sold, 'Fewer than the {n} unit in orders to pack: not all can be sent.', 'Fewer than the {n} units in orders to pack: not all can be sent.');
