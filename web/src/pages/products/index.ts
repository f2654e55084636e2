import { lazy } from 'react';

export { ProductList } from './ProductList';
export const ProductPage = lazy(() => import('./ProductPage'));
