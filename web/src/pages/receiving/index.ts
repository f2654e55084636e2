import { lazy } from 'react';

export const ReceivingPage = lazy(() => import('./ReceivingPage'));
