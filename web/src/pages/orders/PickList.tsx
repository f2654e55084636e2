import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'ra-core';
import { createPortal } from 'react-dom';
import { dateTime, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { Sheet } from './Sheet';
import { isUnpacked, productsOf, unitsOf, type Order } from './types';
import { usePrint } from './usePrint';

/** Prints what to fetch from the shelves for all the orders together, product by product. */
export default function PickList({ orders, onPrinted }: { orders: Order[]; onPrinted: () => void }) {
  const provider = useDataProvider();
  const ids = orders.map((order) => order.id);
  const { data, error, dataUpdatedAt } = useQuery({ // fetched again: some may have been cancelled since the list was fetched
    queryKey: ['orders', 'picks', ids],
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const { data: now } = await provider.getMany<Order>('orders', { ids, signal });
      if (!now.some(({ status }) => isUnpacked(status))) throw new Error(t('None of these orders need packing any more.'));
      return now.sort((a, b) => a.id - b.id);
    },
  });
  usePrint(data !== undefined, error, onPrinted);
  if (!data) return null;
  const wanted = data.filter(({ status }) => isUnpacked(status));
  const others = data.filter(({ status }) => !isUnpacked(status));
  const picks = picksOf(wanted);
  const units = wanted.reduce((sum, order) => sum + unitsOf(order), 0);
  const header = (
    <div>
      <p>{dateTime(new Date(dataUpdatedAt).toISOString())}</p>
      <h1>{t('Pick list')}</h1>
      <p>{plural(wanted.length, '{n} order', '{n} orders')}, {plural(picks.length, '{n} product', '{n} products')}, {plural(units, '{n} unit', '{n} units')}</p>
      {others.length > 0 && <p>{t('Left out because they no longer need packing: {orders}', { orders: others.map((order) => `#${order.number}`).join(', ') })}</p>}
    </div>
  );
  return createPortal(
    <div className="slips" aria-hidden>
      <Sheet picks header={header}>
        <table>
          <thead>
            <tr><th>{t('Picked')}</th><th>{t('Quantity')}</th><th>{t('SKU')}</th><th>{t('Product')}</th><th>{t('For')}</th></tr>
          </thead>
          <tbody>
            {picks.map((pick) => (
              <tr key={pick.id}>
                <td><span className="slip-box" /></td>
                <td className="slip-quantity">{number(pick.quantity)}</td>
                <td>{pick.sku}</td>
                <td>{pick.name}</td>
                <td>{pick.orders.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sheet>
    </div>,
    document.body,
  );
}

interface Pick {
  id: number;
  sku: string;
  name: string;
  quantity: number;
  orders: string[]; // their numbers, with the units if there are more than one
}

/** The products of the orders, sorted by SKU like shelves, each with the units for each order. */
function picksOf(orders: Order[]): Pick[] {
  const picks = new Map<number, Pick>();
  for (const order of orders) {
    for (const { quantity, ...product } of productsOf(order)) {
      const pick = picks.get(product.id) ?? { ...product, quantity: 0, orders: [] };
      pick.quantity += quantity;
      pick.orders.push(quantity === 1 ? `#${order.number}` : t('#{order}\u00a0×\u00a0{n}', { order: order.number, n: number(quantity) }));
      picks.set(product.id, pick);
    }
  }
  return [...picks.values()].sort((a, b) => a.sku.localeCompare(b.sku, undefined, { numeric: true }));
}
