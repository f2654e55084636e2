import { lazy } from 'react';

export { AuditList } from './AuditList';
export const AuditPage = lazy(() => import('./AuditPage'));
