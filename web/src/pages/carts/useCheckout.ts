import { useEffect, useEffectEvent, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { UnknownOutcome, useAttempt } from '@/api/attempt';
import { api } from '@/api/http';
import { ApiProblem, messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { inTurn, type Cart } from './cart';

/**
 * Turns a cart into an order. Two attempts are the same if their lines have the same ids: an order
 * removes the lines from the cart, so the next order of the same products has other ids. Changes
 * that are on their way come first; settle returns whether they were taken. Without an address
 * the order goes to the customer's own.
 */
export function useCheckout(customer: number, shown: Cart, settle: () => Promise<boolean>, reload: () => Promise<void>, address?: string) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [failure, setFailure] = useState('');
  const [unsure, setUnsure] = useState<Cart | null>(null); // the cart of an attempt whose outcome is unknown
  const attempt = useAttempt();
  const client = useQueryClient();
  const navigate = useNavigate();

  const clear = () => {
    setProblem(null);
    setFailure('');
    setUnsure(null);
  };
  const checkout = async (cart: Cart) => {
    setProblem(null);
    setFailure('');
    setBusy(true);
    try {
      if (!(await settle())) return;
      const body = { expected_total: cart.total_amount, delivery_address: address };
      const lines = cart.items.map((line) => [line.id, line.quantity]);
      const order = await inTurn(() => attempt([body, lines], (headers) =>
        api.post<{ id: number; number: number }>(`/customers/${customer}/checkout`, body, headers)));
      toast(t('Order #{number} placed', { number: order.number }));
      await navigate(`/orders/${order.id}`);
      void client.invalidateQueries();
    } catch (error) {
      setUnsure(error instanceof UnknownOutcome ? cart : null);
      if (error instanceof ApiProblem && error.status === 409) setProblem(error);
      else setFailure(messageOf(error));
      await reload();
    } finally {
      setBusy(false);
    }
  };
  // The cart is empty now, so an order took the lines. Repeating the request tells if it was ours.
  const emptied = unsure !== null && shown.items.length === 0;
  const ask = useEffectEvent(() => unsure && checkout(unsure));
  useEffect(() => {
    if (emptied) void ask();
  }, [emptied]);
  return { checkout, busy, problem, failure, clear };
}
