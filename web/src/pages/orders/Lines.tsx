import { Link } from 'react-router';
import { money, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Notes } from './Notes';
import { cameBack, returnedOf, unitsOf, type Order } from './types';

/** The lines of an order, with the names and prices at which they were sold, and the returned units. */
export function Lines({ order }: { order: Order }) {
  const mayRead = useMay()('products:read');
  const back = returnedOf(order);
  return (
    <section className="card order-lines" aria-labelledby="order-lines">
      <header>
        <h2 id="order-lines">{t('Items')}</h2>
        <span className="muted nowrap">{plural(unitsOf(order), '{n} unit', '{n} units')}</span>
        {back.units > 0 && <span className="returned">{t('{n} returned, sold for {amount}', { n: number(back.units), amount: money(back.worth, order.currency) })}</span>}
        <span className="order-total">{money(order.total_amount, order.currency)}</span>
      </header>
      <Notes order={order} />
      <div className="table-scroll">
        <table className="grid" aria-labelledby="order-lines">
          <thead>
            <tr>
              <th scope="col">{t('SKU')}</th>
              <th scope="col">{t('Product')}</th>
              <th scope="col" className="end">{t('Quantity')}</th>
              <th scope="col" className="end">{t('Price')}</th>
              <th scope="col" className="end">{t('Subtotal')}</th>
            </tr>
          </thead>
          <tbody>
            {order.items.map((line) => (
              <tr key={line.id} className="still">
                <td className="sku">{line.sku}</td>
                <td className="primary">
                  {mayRead ? <Link to={`/products/${line.product_id}`}>{line.product_name}</Link> : line.product_name}
                  {line.returned_at && <span className="returned">{cameBack(line)}</span>}
                </td>
                <td className="end quantity" data-label={t('Quantity')}>{number(line.quantity)}</td>
                <td className="end" data-label={t('Price')}>{money(line.price, order.currency)}</td>
                <td className="end" data-label={t('Subtotal')}>{money(line.price * line.quantity, order.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
