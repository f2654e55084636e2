import { useGetList } from 'ra-core';
import { Link, useNavigate } from 'react-router';
import { dateTime, money, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { ordersPath } from '@/pages/orders/tabs';
import { unitsOf, type Order } from '@/pages/orders/types';
import { Chip } from '@/ui/Chip';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';

const shown = 5;

/** The newest orders of a customer, and a link to all of them. */
export function CustomerOrders({ customer }: { customer: number }) {
  const { data, total, error, isPending, refetch } = useGetList<Order>('orders', {
    filter: { customer_id: customer }, pagination: { page: 1, perPage: shown }, sort: { field: 'id', order: 'DESC' },
  });
  return (
    <section className="card" aria-labelledby="customer-orders">
      <header>
        <h2 id="customer-orders">{t('Orders')}</h2>
        {total !== undefined && <span className="muted num">{number(total)}</span>}
        {total !== undefined && total > 0 && (
          <Link className="link head-link" to={ordersPath({ customer_id: String(customer) })}>{total > shown ? t('Show all') : t('Open as a list')}</Link>
        )}
      </header>
      {isPending && <div className="card-body"><LinesSkeleton lines={4} /></div>}
      {error ? <div className="card-body"><PartFailed error={error} onRetry={refetch} /></div> : null}
      {data?.length === 0 && <p className="card-body flush muted">{t('No orders yet.')}</p>}
      {data && data.length > 0 && <OrdersTable orders={data} />}
    </section>
  );
}

function OrdersTable({ orders }: { orders: Order[] }) {
  const navigate = useNavigate();
  return (
    <div className="table-scroll customer-orders">
      <table className="grid" aria-labelledby="customer-orders">
        <thead>
          <tr>
            <th scope="col">{t('Order')}</th>
            <th scope="col">{t('Status')}</th>
            <th scope="col">{t('Placed')}</th>
            <th scope="col">{t('Items')}</th>
            <th scope="col" className="end">{t('Total')}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id} onClick={() => void navigate(`/orders/${order.id}`)}>
              <td className="primary"><Link to={`/orders/${order.id}`}>#{order.number}</Link></td>
              <td><Chip value={order.status} /></td>
              <td>{dateTime(order.placed_at)}</td>
              <td>{plural(unitsOf(order), '{n} unit', '{n} units')}</td>
              <td className="end">{money(order.total_amount, order.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
