import { lazy } from 'react';

export const OrderList = lazy(() => import('./OrderList'));
export const OrderPage = lazy(() => import('./OrderPage'));
