import { lazy, Suspense } from 'react';
import { printing } from './printing';

const PackingSlips = lazy(() => import('./PackingSlips'));

/** Renders the packing slips for the printer, when somebody asks for them. */
export function PrintHost() {
  const orders = printing.use();
  return orders.length > 0 ? <Suspense><PackingSlips orders={orders} onPrinted={() => printing.set([])} /></Suspense> : null;
}
