import { lazy } from 'react';

export const StaffCreate = lazy(() => import('./StaffCreate'));
export const StaffPage = lazy(() => import('./StaffPage'));
