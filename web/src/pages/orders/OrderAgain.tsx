import { useState } from 'react';
import { useNavigate } from 'react-router';
import { t } from '@/i18n/t';
import { cartPath, useCartChanges } from '@/pages/carts/cart';
import { toastError } from '@/toast/toasts';
import type { Order } from './types';

/**
 * Puts the items of an order into its customer's cart: for a customer who wants the same again, and for an order that was
 * cancelled because not all of it could be packed. Prices are those of now.
 */
export function OrderAgain({ order }: { order: Order }) {
  const { add } = useCartChanges(order.customer_id);
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const fill = async () => {
    setBusy(true);
    for (const { product_id: product, quantity } of order.items) await add(product, quantity).catch(toastError);
    void navigate(cartPath(order.customer_id));
  };
  return <button className="link" disabled={busy} onClick={() => void fill()}>{t('Put these items into the cart')}</button>;
}
