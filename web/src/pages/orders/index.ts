import { lazy } from 'react';

export const orders = {
  list: lazy(() => import('./OrderList')),
  record: lazy(() => import('./OrderPage')),
};
