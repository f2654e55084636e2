import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import type { ApiProblem } from '@/api/problem';
import { money, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { longestAddress } from '@/pages/orders/types';
import { useMay } from '@/session/session';
import type { Cart } from './cart';

interface Props {
  cart: Cart;
  problem: ApiProblem | null;
  failure: string;
  troubled: number; // lines that checkout would refuse
  busy: boolean;
  onCheckout: () => void;
  onFixAll: () => void;
  address: string; // where the order goes
  elsewhere: boolean; // whether that is not the customer's own address
  onAddress: (address: string) => void;
}

/** What the customer has to agree to, and what prevents the order. */
export function Summary({ cart, problem, failure, troubled, busy, onCheckout, onFixAll, address, elsewhere, onAddress }: Props) {
  const may = useMay();
  const units = cart.items.reduce((sum, line) => sum + line.quantity, 0);
  const changed = problem?.code === 'total_changed';
  const total = cart.total_amount === null ? '—' : money(cart.total_amount);
  return (
    <section className="card cart-summary" aria-labelledby="cart-summary">
      <header><h2 id="cart-summary">{t('Summary')}</h2></header>
      <div className="card-body stack">
        <dl className="facts">
          <dt>{t('Lines')}</dt><dd className="num">{number(cart.items.length)}</dd>
          <dt>{t('Units')}</dt><dd className="num">{number(units)}</dd>
          <dt className="cart-total">{t('Total')}</dt><dd className="cart-total num">{total}</dd>
        </dl>
        {may('checkout:create') && (
          <TextField
            fullWidth
            multiline
            minRows={3}
            maxRows={8}
            label={t('Delivery address')}
            value={address}
            helperText={addressee(address, elsewhere)}
            onChange={(e) => onAddress(e.target.value)}
            slotProps={{ htmlInput: { maxLength: longestAddress } }}
          />
        )}
        {cart.total_amount === null && (
          <div className="form-error" role="status">{t('The total is above the largest possible amount. Reduce a quantity, or remove a product.')}</div>
        )}
        {problem && <div className="form-error" role="alert">{explain(problem, cart)}</div>}
        {failure && <div className="form-error" role="alert">{failure}</div>}
        {troubled > 0 && (
          <div className="stack cart-fix">
            {!problem && <span className="muted">{plural(troubled, '{n} line cannot be sold as it is.', '{n} lines cannot be sold as they are.')}</span>}
            {may('carts:update') && <Button variant="outlined" onClick={onFixAll}>{plural(troubled, 'Fix it', 'Fix all {n}')}</Button>}
          </div>
        )}
        {may('checkout:create') && (
          <Button variant="contained" size="medium" aria-keyshortcuts="o" disabled={busy || cart.items.length === 0 || cart.total_amount === null || troubled > 0} onClick={onCheckout}>
            {busy ? t('Placing the order…') : changed ? t('Place order for {total}', { total }) : t('Place order')}
            {!busy && <kbd className="button-key" aria-hidden="true">o</kbd>}
          </Button>
        )}
      </div>
    </section>
  );
}

function addressee(address: string, elsewhere: boolean): string {
  if (elsewhere) return t('For this order only. The customer’s own address does not change.');
  return address.trim() ? t('The customer’s own address. Changes apply to this order only.') : t('Leave empty to use the customer’s own address, if there is one.');
}

function explain(problem: ApiProblem, cart: Cart): string {
  switch (problem.code) {
    case 'total_changed': {
      const { expected = 0, total = cart.total_amount ?? 0 } = problem.body as { expected?: number; total?: number };
      return t('The total is now {total} instead of {expected}, because a price or the cart has changed. Tell the customer, then place the order.', {
        total: money(total), expected: money(expected),
      });
    }
    case 'insufficient_stock':
      return t('Some products were sold in the meantime. Each line shows how many units are left.');
    case 'inactive_product':
      return t('Some products are no longer on sale. They are marked in the cart.');
    case 'empty_cart':
      return t('The cart is empty: a colleague or the customer has already placed the order.');
    default:
      return problem.message;
  }
}
