import { lazy } from 'react';

export const CartStart = lazy(() => import('./CartStart'));
export const CartPage = lazy(() => import('./CartPage'));
