import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';
import { useAttempt } from '@/api/attempt';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { toast } from '@/toast/toasts';
import { NextButton } from './NextButton';
import { holds, useQueue } from './queue';
import { transition, useShowOrder, useSteps, verbOf, whyRefused } from './transition';
import type { Order, Status } from './types';

const CancelDialog = lazy(() => import('./CancelDialog'));

/**
 * Buttons for the next states that the order can reach and the person may set. An order that the
 * person has just moved out of their queue offers the next one instead, so that pressing the
 * button or the key once more does not move it another step.
 */
export function Steps({ order, onFailure }: { order: Order; onFailure: (error: unknown) => void }) {
  const [busy, setBusy] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [moved, setMoved] = useState<Status>();
  const queue = useQueue();
  const show = useShowOrder();
  const attempt = useAttempt();
  const navigate = useNavigate();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => { here.current = false; };
  }, []);
  const steps = useSteps()(order);
  const onward = steps.filter((to) => to !== 'cancelled');
  const isDone = moved === order.status && !holds(queue, order.status);
  const mayCancel = steps.includes('cancelled');

  const move = async (to: Status, note?: string) => {
    if (busy) return;
    setBusy(true);
    onFailure(null);
    setCancelling(false);
    try {
      const now = await transition((send) => attempt([to, note], send), order.id, to, note);
      toast(t('#{number} is now {state}', { number: order.number, state: words(now.status).toLowerCase() }));
      setMoved(now.status);
      await show(now);
    } catch (error) {
      if (here.current) onFailure(error);
      else toast(t('#{number}: {why}', { number: order.number, why: whyRefused(error) }), 'error', { label: t('Show it'), run: () => navigate(`/orders/${order.id}`) }); // the person has gone on to another page
    } finally {
      setBusy(false);
    }
  };
  const first = isDone ? undefined : onward[0];
  useShortcuts([
    ...(first ? [{ keys: 'a', text: verbOf(first), group: t('Order'), run: () => void move(first) }] : []),
    ...(mayCancel ? [{ keys: 'c', text: t('Cancel order'), group: t('Order'), run: () => setCancelling(true) }] : []),
  ]);
  return (
    <>
      {mayCancel && <Button variant="outlined" disabled={busy} onClick={() => setCancelling(true)}>{t('Cancel order…')}</Button>}
      {onward.map((to) => (
        <Button key={to} className="order-onward" variant={isDone ? 'outlined' : 'contained'} aria-keyshortcuts={to === first ? 'a' : undefined} disabled={busy} onClick={() => move(to)}>
          {verbOf(to)}{to === first && <kbd className="button-key" aria-hidden="true">a</kbd>}
        </Button>
      ))}
      {isDone && <NextButton order={order} />}
      {cancelling && <Suspense><CancelDialog order={order} onConfirm={(note) => move('cancelled', note)} onClose={() => setCancelling(false)} /></Suspense>}
    </>
  );
}
