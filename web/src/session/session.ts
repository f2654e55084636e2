import { createContext, useContext } from 'react';
import type { SchemaDef } from '@/api/definitions';
import { api } from '@/api/http';
import { isProblem } from '@/api/problem';

export interface Me {
  id: number;
  email: string;
  name: string;
  role: string;
  role_label: string;
  permissions: string[];
  max_stock_adjustment: number | null;
  totp_enabled: boolean;
}

export interface SignIn {
  status: 'signed_in' | 'totp_required';
  me: Me | null;
}

/** Who is signed in and what the shop consists of. */
export interface Session {
  me: Me | null; // null: this server has no login, everybody may do everything
  schema: SchemaDef;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of a session');
  return session;
}

/** Resources whose permissions are not named `<resource>:<operation>`. */
const managedBy: Record<string, string> = {
  staff: 'staff:manage',
  roles: 'roles:manage',
  'api-tokens': 'tokens:manage',
  'audit-entries': 'audit:read',
};

export function mayOf(me: Me | null, permission: string): boolean {
  if (!me) return true;
  const manager = managedBy[permission.split(':')[0] ?? ''];
  return me.permissions.includes(permission) || (manager !== undefined && me.permissions.includes(manager));
}

/** Answers "may this person": may('orders:cancel'). */
export function useMay(): (permission: string) => boolean {
  const { me } = useSession();
  return (permission) => mayOf(me, permission);
}

export async function whoAmI(): Promise<Me | null> {
  try {
    return await api.get<Me>('/auth/me');
  } catch (error) {
    if (isProblem(error, 'not_found')) return null;
    throw error;
  }
}

export const signIn = (email: string, password: string) => api.post<SignIn>('/auth/login', { email, password });
export const secondFactor = (code: string) => api.post<SignIn>('/auth/totp', { code });

export async function signOut() {
  await api.post('/auth/logout');
  location.hash = '';
  location.reload();
}
