import { lazy } from 'react';

export { CustomerList } from './CustomerList';
export const CustomerPage = lazy(() => import('./CustomerPage'));
