import { lazy } from 'react';

export { TokenList } from './TokenList';
export const TokenCreate = lazy(() => import('./TokenCreate'));
export const TokenPage = lazy(() => import('./TokenPage'));
