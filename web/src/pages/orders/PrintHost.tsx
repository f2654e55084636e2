import { lazy, Suspense } from 'react';
import { picking, printing } from './printing';

const PackingSlips = lazy(() => import('./PackingSlips'));
const PickList = lazy(() => import('./PickList'));

/** Renders packing slips or a pick list for the printer, when somebody asks for them. */
export function PrintHost() {
  const orders = printing.use();
  const picks = picking.use();
  if (orders.length > 0) return <Suspense><PackingSlips orders={orders} onPrinted={() => printing.set([])} /></Suspense>;
  return picks.length > 0 ? <Suspense><PickList orders={picks} onPrinted={() => picking.set([])} /></Suspense> : null;
}
