import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '@/api/problem';
import { untilDone } from '@/api/untilDone';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { cartPath, useCartChanges } from '@/pages/carts/cart';
import { showResults } from '@/ui/results';
import { productsOf, type Order } from './types';

/**
 * Puts the items of an order into its customer's cart: for a customer who wants the same again, and for an order that was
 * cancelled because not all of it could be packed. Prices are those of now. Leads to the cart, unless the person has left
 * the page or nothing could be put into it, and says what could not.
 */
export function OrderAgain({ order }: { order: Order }) {
  const { add } = useCartChanges(order.customer_id);
  const navigate = useNavigate();
  const [done, setDone] = useState<number | null>(null); // null if nothing is running
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => { here.current = false; };
  }, []);
  const products = productsOf(order);

  const fill = async () => {
    const refused: { id: number; name: string; to: string; error: string }[] = [];
    for (const [at, { id, name, quantity }] of products.entries()) {
      setDone(at);
      await add(id, quantity).catch((error: unknown) => refused.push({ id, name, to: `/products/${id}`, error: messageOf(error) }));
    }
    setDone(null);
    const filled = products.length - refused.length;
    if (filled > 0 && here.current) void navigate(cartPath(order.customer_id));
    if (refused.length === 0) return;
    showResults({
      title: plural(refused.length, '{n} product of #{number} was not put into the cart', '{n} products of #{number} were not put into the cart', { number: order.number }),
      refused,
      done: { n: filled, state: t('In the cart') },
    });
  };
  if (done !== null) return <span className="muted" role="status">{t('Into the cart: {n} of {all}…', { n: number(done + 1), all: number(products.length) })}</span>;
  return <button className="link" onClick={() => void untilDone(fill)}>{t('Put these items into the cart')}</button>;
}
