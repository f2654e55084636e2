import { lazy, Suspense, useEffect, useState } from 'react';
import { onSessionOver } from '@/api/http';
import { useSession } from './session';

const ReloginDialog = lazy(() => import('./ReloginDialog'));

/**
 * When the session is over, asks for the password above whatever the person was
 * doing; the requests that were refused go on when they have signed in again.
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
