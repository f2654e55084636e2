import type { ApiProblem } from '@/api/problem';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { CartChanges, CartLine } from './cart';

/** Why a line cannot be sold as it is, and a fix for it in one click. */
interface Trouble {
  text: string;
  fix: { label: string; run: (changes: CartChanges) => Promise<void> };
}

interface Refused {
  product_id: number;
  available: number;
}

/** The trouble with a line, from the refusal of a checkout or from its current stock; null if there is none. */
export function troubleOf(line: CartLine, problem: ApiProblem | null): Trouble | null {
  const refused = (problem?.body.items as Refused[] | undefined)?.find((i) => i.product_id === line.product_id);
  const remove = { label: t('Remove'), run: (changes: CartChanges) => changes.remove(line.id) };
  if (!line.is_active || (refused && problem?.code === 'inactive_product')) {
    return { text: t('No longer on sale'), fix: remove };
  }
  const available = refused && problem?.code === 'insufficient_stock' ? Math.min(refused.available, line.stock) : line.stock;
  if (line.quantity <= available) return null;
  if (available === 0) return { text: t('Out of stock'), fix: remove };
  return {
    text: t('Only {n} in stock', { n: number(available) }),
    fix: { label: t('Set to {n}', { n: number(available) }), run: (changes) => changes.setQuantity(line.id, available) },
  };
}
