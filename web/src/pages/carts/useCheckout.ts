import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, idempotencyKey } from '@/api/http';
import { ApiProblem, messageOf, OfflineError } from '@/api/problem';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import type { Cart } from './cart';

/**
 * Turns a cart into an order. An attempt whose outcome is unknown is repeated under
 * the same key, so that it cannot become two orders; a refusal ends the attempt.
 */
export function useCheckout(customer: number, reload: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [failure, setFailure] = useState('');
  const attempt = useRef<{ total: number; headers: Record<string, string> } | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();

  const clear = () => {
    setProblem(null);
    setFailure('');
  };
  const checkout = async (cart: Cart) => {
    clear();
    setBusy(true);
    if (attempt.current?.total !== cart.total_amount) attempt.current = { total: cart.total_amount, headers: idempotencyKey() };
    try {
      const order = await api.post<{ id: number; number: number }>(
        `/customers/${customer}/checkout`, { expected_total: cart.total_amount }, attempt.current.headers,
      );
      attempt.current = null;
      toast(t('#{number} is placed', { number: order.number }));
      await navigate(`/orders/${order.id}`);
      void client.invalidateQueries();
    } catch (error) {
      const unknown = error instanceof OfflineError || (error instanceof ApiProblem && error.status >= 500);
      if (!unknown) attempt.current = null;
      if (error instanceof ApiProblem && error.status === 409) setProblem(error);
      else setFailure(unknown ? t('{why} Whether the order was placed is not known; placing it again does not place it twice.', { why: messageOf(error) }) : messageOf(error));
      await reload();
    } finally {
      setBusy(false);
    }
  };
  return { checkout, busy, problem, failure, clear };
}
