import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useMay } from '@/session/session';
import { isUnpacked, type Order } from './types';

const AddressDialog = lazy(() => import('./AddressDialog'));

/** The delivery address, which can be changed until the order is shipped or cancelled. */
export function AddressCard({ order }: { order: Order }) {
  const may = useMay()('orders:address');
  const [changing, setChanging] = useState(false);
  const open = isUnpacked(order.status);
  const change = () => setChanging(true);
  useShortcuts(may && open ? [{ keys: 'd', text: t('Change the delivery address'), group: t('Order'), run: change }] : []);
  return (
    <section className="card" aria-labelledby="order-address">
      <header>
        <h2 id="order-address">{t('Delivery address')}</h2>
        {may && <Button variant="outlined" className="order-readdress" disabled={!open} aria-describedby={open ? undefined : 'order-address-why'} onClick={change}>{t('Change')}</Button>}
      </header>
      <div className="card-body">
        {order.delivery_address
          ? <address className="order-address">{order.delivery_address}</address>
          : <span className={open ? 'order-unaddressed' : 'muted'}>{t('No delivery address')}</span>}
        {may && !open && <p id="order-address-why" className="muted order-address-why">{t('The order is {state}, so the address can no longer be changed.', { state: words(order.status).toLowerCase() })}</p>}
      </div>
      {changing && <Suspense><AddressDialog order={order} onClose={() => setChanging(false)} /></Suspense>}
    </section>
  );
}
