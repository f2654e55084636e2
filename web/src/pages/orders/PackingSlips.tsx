import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'ra-core';
import { createPortal } from 'react-dom';
import { partsOf, wholePage } from '@/api/dataProvider';
import { date, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Barcode } from './Barcode';
import { Sheet } from './Sheet';
import { isReaddressed, unitsOf, type Customer, type Order, type OrderEvent } from './types';
import { usePrint } from './usePrint';

/** Prints a sheet per order, which lists what to put into the parcel, without prices. */
export default function PackingSlips({ orders, onPrinted }: { orders: Order[]; onPrinted: () => void }) {
  const { data, error } = useSlips(orders);
  usePrint(data !== undefined, error, onPrinted);
  return data && createPortal(
    <div className="slips" aria-hidden>{data.map((slip) => <Slip key={slip.order.id} {...slip} />)}</div>,
    document.body,
  );
}

interface SlipData {
  order: Order;
  customer?: Customer;
  notes: OrderEvent[];
}

/** All data of the slips, fetched again: addresses may have changed since the list was fetched. */
function useSlips(orders: Order[]) {
  const may = useMay()('customers:read');
  const provider = useDataProvider();
  const ids = orders.map((order) => order.id);
  return useQuery({
    queryKey: ['orders', 'slips', ids],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<SlipData[]> => {
      const buyers = may ? [...new Set(orders.map((order) => order.customer_id))] : [];
      const [now, customers, notes] = await Promise.all([
        provider.getMany<Order>('orders', { ids, signal }),
        provider.getMany<Customer>('customers', { ids: buyers, signal }),
        notesOf(ids, signal),
      ]);
      return orders.map((order) => ({
        order: now.data.find(({ id }) => id === order.id) ?? order,
        customer: customers.data.find(({ id }) => id === order.customer_id),
        notes: notes.filter((event) => event.order_id === order.id),
      }));
    },
  });
}

/** The current notes of the orders, those of each order oldest first. */
async function notesOf(ids: number[], signal: AbortSignal): Promise<OrderEvent[]> {
  const notes: OrderEvent[] = [];
  for (const part of partsOf(ids)) {
    const query = { order_id: part, kind: 'note', sort: 'order_id', count: 'none' };
    notes.push(...(await wholePage<OrderEvent>('/order-events', query, Infinity, signal)).items);
  }
  return notes.filter((event) => !isReaddressed(event)); // the slip has the address itself
}

function Slip({ order, customer, notes }: SlipData) {
  const header = (
    <>
      <div>
        <p>{t('Packing slip')}</p>
        <h1>#{order.number}</h1>
        {customer && <p className="slip-buyer">{customer.name}</p>}
        <p>{t('Placed on {date}', { date: date(order.placed_at) })}</p>
        {order.status === 'cancelled' && <p className="slip-cancelled">{t('Cancelled: do not pack')}</p>}
      </div>
      <Barcode text={String(order.number)} />
    </>
  );
  return (
    <Sheet header={header}>
      <address>
        {customer && <strong>{customer.name}</strong>}
        {order.delivery_address
          ? <span className="slip-address">{order.delivery_address}</span>
          : <span className="slip-unaddressed">{t('No delivery address')}</span>}
        {customer && <span className="slip-reach">{customer.phone ? `${customer.email} · ${customer.phone}` : customer.email}</span>}
      </address>
      <table>
        <thead>
          <tr><th>{t('Packed')}</th><th>{t('Quantity')}</th><th>{t('SKU')}</th><th>{t('Product')}</th></tr>
        </thead>
        <tbody>
          {order.items.map((line) => (
            <tr key={line.id}>
              <td><span className="slip-box" /></td>
              <td className="slip-quantity">{number(line.quantity)}</td>
              <td>{line.sku}</td>
              <td>{line.product_name}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <section className="slip-notes">
          <h2>{t('Notes')}</h2>
          {notes.map((event) => <p key={event.id}>{event.note}</p>)}
        </section>
      )}
      <footer>
        <span>{plural(order.items.length, '{n} line', '{n} lines')}, {plural(unitsOf(order), '{n} unit', '{n} units')}</span>
        <span className="slip-signature">{t('Packed by')}</span>
      </footer>
    </Sheet>
  );
}
