import { useEffect } from 'react';
import { writeAs } from '@/api/http';
import { signInChannel, useSession, whoAmI } from './session';

/**
 * Loads the page again when somebody else has signed in, or everybody is signed out, in another
 * tab: the cookie is that of all tabs. Who stays, to save what they typed, is asked to sign in again.
 */
export function SameMember() {
  const { me: { id } } = useSession();
  useEffect(() => {
    writeAs(id);
    const channel = new BroadcastChannel(signInChannel);
    const check = (now: unknown) => now !== id && location.reload();
    // A session that is over is asked for again when it is needed: Relogin.
    const ask = () => void whoAmI().then((me) => check(me.id), () => undefined);
    channel.onmessage = (event) => check(event.data);
    channel.postMessage(id);
    window.addEventListener('focus', ask);
    return () => {
      window.removeEventListener('focus', ask);
      channel.close();
    };
  }, [id]);
  return null;
}
