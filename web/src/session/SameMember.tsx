import { useEffect, useEffectEvent } from 'react';
import { onRefusal, writeAs } from '@/api/http';
import { signInChannel, useSession, whoAmI, type Me } from './session';

/**
 * Keeps up with what the person may do: a refusal, and a look back at the page, ask again.
 * Loads the page again when somebody else has signed in, or everybody is signed out, in another
 * tab: the cookie is that of all tabs. Who stays, to save what they typed, is asked to sign in again.
 */
export function SameMember({ onChange }: { onChange: (me: Me) => void }) {
  const { me: { id } } = useSession();
  const change = useEffectEvent(onChange);
  useEffect(() => {
    writeAs(id);
    const channel = new BroadcastChannel(signInChannel);
    const check = (now: unknown) => now !== id && location.reload();
    // A session that is over is asked for again when it is needed: Relogin.
    const ask = () => void whoAmI().then((me) => {
      check(me.id);
      if (me.id === id) change(me);
    }, () => undefined);
    onRefusal(ask);
    channel.onmessage = (event) => check(event.data);
    channel.postMessage(id);
    window.addEventListener('focus', ask);
    return () => {
      onRefusal(null);
      window.removeEventListener('focus', ask);
      channel.close();
    };
  }, [id]);
  return null;
}
