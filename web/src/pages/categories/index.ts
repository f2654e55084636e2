import { lazy } from 'react';

export const CategoryTree = lazy(() => import('./CategoryTree'));
