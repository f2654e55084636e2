import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useMay } from '@/session/session';
import { hasLeft, type Order } from './types';
import { useReturn } from './useReturn';

const ReturnDialog = lazy(() => import('./ReturnDialog'));

/** A button to return items of an order, for people who may book it, as long as there is a line without a return. */
export function TakeBack({ order }: { order: Order }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const returned = useReturn(order);
  const offered = hasLeft(order) && order.items.some((line) => line.returned_at === null) && (may('stock:receive') || may('stock:adjust'));
  const begin = () => {
    returned.begin();
    setOpen(true);
  };
  useShortcuts([{ keys: 'r', text: t('Return items'), group: t('Order'), run: begin }], offered);
  return (
    <>
      {offered && <Button variant="outlined" onClick={begin}>{t('Return items…')}</Button>}
      {open && <Suspense><ReturnDialog order={order} returned={returned} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}
