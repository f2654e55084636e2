import { useEffect } from 'react';
import { signInChannel, useSession, whoAmI } from './session';

/**
 * Loads the page again when somebody else has signed in, or everybody is signed out, in another
 * tab: the cookie is that of all tabs, and what is done here would be done in another name.
 */
export function SameMember() {
  const { me: { id } } = useSession();
  useEffect(() => {
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
