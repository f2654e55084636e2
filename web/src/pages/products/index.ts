import { lazy } from 'react';

export const ProductList = lazy(() => import('./ProductList'));
export const ProductPage = lazy(() => import('./ProductPage'));
