import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import RemoveIcon from '@mui/icons-material/Close';
import { Link } from 'react-router';
import type { ApiProblem } from '@/api/problem';
import { money, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import type { Cart, CartChanges, CartLine } from './cart';
import type { Quantities } from './quantities';
import { Stepper } from './Stepper';
import { troubleOf } from './trouble';

interface Props {
  cart: Cart;
  changes: CartChanges;
  quantities: Quantities;
  problem: ApiProblem | null;
  onGone: () => void; // a line was removed by keyboard, and the focused button with it
  guard: (change: Promise<void>) => Promise<boolean>; // returns whether the change succeeded; shows why not
}

/** The lines of a cart, with the current prices and stock. */
export function CartTable({ cart, ...shared }: Props) {
  const mayEdit = useMay()('carts:update');
  return (
    <div className="table-scroll">
      <table className="grid cart-table" aria-label={t('Products in the cart')}>
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col" className="end">{t('Stock')}</th>
            <th scope="col" className="end">{t('Price')}</th>
            <th scope="col">{t('Quantity')}</th>
            <th scope="col" className="end">{t('Subtotal')}</th>
            {mayEdit && <th scope="col"><span className="visually-hidden">{t('Remove')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {cart.items.map((line) => (
            <Row key={line.id} line={line} mayEdit={mayEdit} {...shared} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line, changes, quantities, problem, onGone, guard, mayEdit }: Omit<Props, 'cart'> & { line: CartLine; mayEdit: boolean }) {
  const trouble = troubleOf(line, problem);
  const remove = async (byKeyboard: boolean) => {
    quantities.forget(line.id);
    if ((await guard(changes.remove(line.id))) && byKeyboard) onGone();
  };
  const fix = () => {
    quantities.forget(line.id);
    if (trouble) void guard(trouble.fix.run(changes));
  };
  return (
    <tr className={trouble ? 'still cart-trouble' : 'still'}>
      <td className="primary">
        <Link to={`/products/${line.product_id}`}>{line.product_name}</Link>
        <span className="cart-sku">{line.sku}</span>
        {trouble && (
          <span className="cart-warning" role="status">
            {trouble.text}
            {mayEdit && <Button variant="outlined" onClick={fix}>{trouble.fix.label}</Button>}
          </span>
        )}
      </td>
      <td className="end" data-label={t('Stock')}>{number(line.stock)}</td>
      <td className="end" data-label={t('Price')}>{money(line.price)}</td>
      <td className="cart-quantity">
        {mayEdit
          ? <Stepper value={line.quantity} name={line.product_name} onChange={(n) => quantities.choose(line.id, n)} />
          : number(line.quantity)}
      </td>
      <td className="end strong" data-label={t('Subtotal')}>{line.subtotal === null ? '—' : money(line.subtotal)}</td>
      {mayEdit && (
        <td className="end cart-remove">
          <IconButton aria-label={t('Remove {name}', { name: line.product_name })} onClick={(event) => void remove(event.detail === 0)}>
            <RemoveIcon />
          </IconButton>
        </td>
      )}
    </tr>
  );
}
