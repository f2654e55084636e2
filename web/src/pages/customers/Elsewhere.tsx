import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { plural, t } from '@/i18n/t';
import { unpacked, type Customer, type Order } from '@/pages/orders/types';

/** Open orders that go to another address than the customer's: if the customer has moved, these may have to change, too. */
export function Elsewhere({ customer: { id, address } }: { customer: Customer }) {
  const { data = [] } = useQuery({
    queryKey: ['orders', 'unsent', id],
    queryFn: async ({ signal }) => (await api.get<{ items: Order[] }>('/orders', { customer_id: id, status: unpacked.join(','), sort: 'id', limit: 50, count: 'none' }, signal)).items,
    enabled: address !== null,
  });
  const elsewhere = address === null ? [] : data.filter((order) => order.delivery_address !== address);
  if (elsewhere.length === 0) return null;
  return (
    <p className="customer-elsewhere" role="status">
      {plural(elsewhere.length, '{n} open order goes to another address:', '{n} open orders go to another address:')}{' '}
      {elsewhere.map((order, i) => (
        <Fragment key={order.id}>{i > 0 && ', '}<Link to={`/orders/${order.id}`}>#{order.number}</Link></Fragment>
      ))}.{' '}
      {t('To change the address of an order, open the order.')}
    </p>
  );
}
