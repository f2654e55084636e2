import { lazy } from 'react';

export { CustomerList } from './CustomerList';
export const CustomerCreate = lazy(() => import('./CustomerCreate'));
export const CustomerPage = lazy(() => import('./CustomerPage'));
