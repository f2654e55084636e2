import { lazy } from 'react';

export const StocktakePage = lazy(() => import('./StocktakePage'));
