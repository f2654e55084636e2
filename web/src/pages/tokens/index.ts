import { lazy } from 'react';

export const TokenCreate = lazy(() => import('./TokenCreate'));
export const TokenPage = lazy(() => import('./TokenPage'));
