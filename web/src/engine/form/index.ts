import { lazy } from 'react';

export const GenericRecord = lazy(() => import('./GenericRecord'));
export const GenericCreate = lazy(() => import('./GenericCreate'));
