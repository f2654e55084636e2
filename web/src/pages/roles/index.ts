import { lazy } from 'react';

export const RolePage = lazy(() => import('./RolePage'));
export const RoleCreate = lazy(() => import('./RoleCreate'));
