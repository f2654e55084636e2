import { useGetMany } from 'ra-core';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { cartPath } from '@/pages/carts/cart';
import { useMay } from '@/session/session';
import { LinesSkeleton } from '@/ui/Skeletons';
import { OrderAgain } from './OrderAgain';
import { ordersPath } from './tabs';
import type { Customer, Order } from './types';

/** The customer of an order, even if the customer has been deleted since. */
export function CustomerCard({ order }: { order: Order }) {
  const may = useMay();
  const mayRead = may('customers:read');
  const { data, isPending } = useGetMany<Customer>('customers', { ids: [order.customer_id] }, { enabled: mayRead });
  const customer = data?.[0];
  return (
    <section className="card" aria-labelledby="order-customer">
      <header><h2 id="order-customer">{t('Customer')}</h2></header>
      <div className="card-body">
        {!mayRead && <span className="muted">{t('Customer {id}', { id: order.customer_id })}</span>}
        {mayRead && isPending && <LinesSkeleton lines={3} />}
        {mayRead && !isPending && !customer && <span className="muted">{t('This customer could not be loaded.')}</span>}
        {customer && (
          <div className="customer-facts">
            <Link className="link strong" to={`/customers/${customer.id}`}>{customer.name}</Link>
            {customer.deleted_at && <span className="muted">{t('Deleted')}</span>}
            <a className="link" href={`mailto:${customer.email}`}>{customer.email}</a>
            {customer.phone && <a className="link" href={`tel:${customer.phone.replace(/\s/g, '')}`}>{customer.phone}</a>}
            {customer.note && <p>{customer.note}</p>}
            <Link className="link" to={ordersPath({ customer_id: String(customer.id) })}>{t('All orders of this customer')}</Link>
            {may('carts:read') && !customer.deleted_at && <Link className="link" to={cartPath(customer.id)} state={{ add: true }}>{t('Cart of this customer')}</Link>}
            {may('carts:update') && may('carts:read') && !customer.deleted_at && <OrderAgain order={order} />}
          </div>
        )}
      </div>
    </section>
  );
}
