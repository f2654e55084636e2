import { lazy, Suspense, useEffect, useState } from 'react';
import { onSessionOver } from '@/api/http';
import { useSession } from './session';

const ReloginDialog = lazy(() => import('./ReloginDialog'));

/**
 * When the session is over, asks the person to sign in again, in a dialog above the page.
 * The requests that were refused are repeated after that.
 */
export function Relogin() {
  const { me } = useSession();
  const [waiting, setWaiting] = useState<(() => void)[]>([]);
  useEffect(() => {
    onSessionOver(() => new Promise<void>((resolve) => setWaiting((all) => [...all, resolve])));
    return () => onSessionOver(null);
  }, []);
  if (waiting.length === 0) return null;
  const done = () => {
    waiting.forEach((go) => go());
    setWaiting([]);
  };
  return <Suspense><ReloginDialog me={me} onSignedIn={done} /></Suspense>;
}
