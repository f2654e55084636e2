import { useContext } from 'react';
import { UNSAFE_DataRouterContext as DataRouterContext } from 'react-router';

/**
 * Goes to an address at once, so that the next key acts on the new page, however soon it follows.
 * useNavigate leaves out `flushSync` below ra-core's routes.
 */
export function useGo() {
  const router = useContext(DataRouterContext)?.router;
  return (to: string, options?: { state?: unknown }) => void router?.navigate(to, { ...options, flushSync: true });
}
