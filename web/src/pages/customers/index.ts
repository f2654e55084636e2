import { lazy } from 'react';

export const CustomerList = lazy(() => import('./CustomerList'));
export const CustomerPage = lazy(() => import('./CustomerPage'));
