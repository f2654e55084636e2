import { useContext, useEffect, useEffectEvent } from 'react';
import { onRefusal, writeAs } from '@/api/http';
import { ChangeMeContext, signInChannel, useSession, whoAmI } from './session';

/**
 * Keeps the person's permissions up to date: asks for them after a refusal, and when the page gets
 * the focus. Reloads the page when, in another tab, somebody else signs in or the person signs out,
 * because all tabs share one cookie. If the person prevents the reload to save what they typed,
 * they are asked to sign in again.
 */
export function SameMember() {
  const { me: { id } } = useSession();
  const change = useEffectEvent(useContext(ChangeMeContext));
  useEffect(() => {
    writeAs(id);
    const channel = new BroadcastChannel(signInChannel);
    const check = (now: unknown) => now !== id && location.reload();
    // Errors are ignored: if the session is over, Relogin asks when it is needed.
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
