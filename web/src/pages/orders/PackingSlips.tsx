import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useDataProvider, useGetMany } from 'ra-core';
import { createPortal } from 'react-dom';
import { api } from '@/api/http';
import { date, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toastError } from '@/toast/toasts';
import { Barcode } from './Barcode';
import { inParallel } from '@/api/inParallel';
import { isReaddressed, unitsOf, type Customer, type Order, type OrderEvent } from './types';
import './slip.css';

/** Prints a sheet per order, which lists what to put into the parcel, without prices. */
export default function PackingSlips({ orders, onPrinted }: { orders: Order[]; onPrinted: () => void }) {
  const may = useMay()('customers:read');
  const ids = [...new Set(orders.map((order) => order.customer_id))];
  const { data, isPending } = useGetMany<Customer>('customers', { ids }, { enabled: may });
  const notes = useNotes(orders);
  const now = useNow(orders);
  const failure = notes.error ?? now.error;
  const ready = (!may || !isPending) && notes.data !== undefined && now.data !== undefined;

  useEffect(() => {
    if (!failure) return;
    toastError(failure);
    onPrinted();
  }, [failure, onPrinted]);
  useEffect(() => {
    if (!ready) return undefined;
    document.body.classList.add('printing-slips');
    const frame = requestAnimationFrame(() => {
      window.print();
      onPrinted();
    });
    return () => {
      cancelAnimationFrame(frame);
      document.body.classList.remove('printing-slips');
    };
  }, [ready, onPrinted]);

  return createPortal(
    <div className="slips" aria-hidden>
      {orders.map((order, i) => (
        <Slip key={order.id} order={now.data?.find((o) => o.id === order.id) ?? order} customer={data?.find((c) => c?.id === order.customer_id)} notes={notes.data?.[i] ?? []} />
      ))}
    </div>,
    document.body,
  );
}

/** The current notes of each order, oldest first. */
function useNotes(orders: Order[]) {
  return useQuery({
    queryKey: ['orders', 'notes', orders.map((order) => order.id)],
    gcTime: 0,
    queryFn: ({ signal }) => inParallel(orders, async ({ id }) => {
      const query = { kind: 'note', sort: 'id', limit: 200, count: 'none' };
      const { items } = await api.get<{ items: OrderEvent[] }>(`/orders/${id}/timeline`, query, signal);
      return items.filter((event) => !isReaddressed(event)); // the slip has the address itself
    }),
  });
}

/** The orders, fetched again: their addresses may have changed since the list was fetched. */
function useNow(orders: Order[]) {
  const provider = useDataProvider();
  const ids = orders.map((order) => order.id);
  return useQuery({
    queryKey: ['orders', 'slips', ids],
    gcTime: 0,
    queryFn: async ({ signal }) => (await provider.getMany<Order>('orders', { ids, signal })).data,
  });
}

function Slip({ order, customer, notes }: { order: Order; customer?: Customer; notes: OrderEvent[] }) {
  return (
    <article className="slip">
      <header>
        <div>
          <p>{t('Packing slip')}</p>
          <h1>#{order.number}</h1>
          <p>{t('Placed on {date}', { date: date(order.placed_at) })}</p>
        </div>
        <Barcode text={String(order.number)} />
      </header>
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
              <td className="slip-sku">{line.sku}</td>
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
    </article>
  );
}
