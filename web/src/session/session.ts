import { createContext, useContext } from 'react';
import type { SchemaDef } from '@/api/definitions';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';

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

/** Who is signed in, and the definitions of the shop's resources. */
export interface Session {
  me: Me;
  schema: SchemaDef;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of a session');
  return session;
}

/** Updates the person's account everywhere on the page. */
export const ChangeMeContext = createContext<(me: Me) => void>(() => undefined);

/** Resources whose permissions are not named `<resource>:<operation>`. Of these, only roles have a read permission of their own. */
const managedBy: Record<string, string> = {
  staff: 'staff:manage',
  roles: 'roles:manage',
  'api-tokens': 'tokens:manage',
  'audit-entries': 'audit:read',
};

export function mayOf(me: Me, permission: string): boolean {
  const manager = permission === 'roles:read' ? undefined : managedBy[permission.split(':')[0] ?? ''];
  return me.permissions.includes(permission) || (manager !== undefined && me.permissions.includes(manager));
}

/** Tells whether the person has a permission: may('orders:cancel'). */
export function useMay(): (permission: string) => boolean {
  const { me } = useSession();
  return (permission) => mayOf(me, permission);
}

export const whoAmI = () => api.get<Me>('/auth/me');
export const signIn = (email: string, password: string) => api.post<SignIn>('/auth/login', { email, password });
export const secondFactor = (code: string) => api.post<SignIn>('/auth/totp', { code });

/** The channel on which a browser's tabs tell each other who is signed in: an id, or null for nobody. */
export const signInChannel = 'storekeeper.member';

export async function signOut() {
  await api.post('/auth/logout').catch((error: unknown) => {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error; // a 401: the session has ended already, or is somebody else's
  });
  const channel = new BroadcastChannel(signInChannel);
  channel.postMessage(null);
  channel.close();
  sessionStorage.clear();
  location.hash = '';
  location.reload();
}
