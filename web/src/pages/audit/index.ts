import { lazy } from 'react';

export const AuditList = lazy(() => import('./AuditList'));
export const AuditPage = lazy(() => import('./AuditPage'));
