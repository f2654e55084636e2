import { lazy } from 'react';

export { OrderList } from './OrderList';
export const OrderPage = lazy(() => import('./OrderPage'));
