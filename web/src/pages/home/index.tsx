import { lazy } from 'react';

export const Home = lazy(() => import('./HomePage'));
export const LowPage = lazy(() => import('./LowPage'));
export const SalesPage = lazy(() => import('./SalesPage'));
export const ReturnsPage = lazy(() => import('./ReturnsPage'));
