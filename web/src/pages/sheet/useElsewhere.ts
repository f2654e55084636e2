import { useEffect, useState } from 'react';

/** Whether another tab shows this sheet, too. The tabs ask each other when one opens it or leaves it. */
export function useElsewhere(sheet: string): boolean {
  const [elsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(`storekeeper.${sheet}`);
    const say = (word: 'who?' | 'me' | 'gone') => channel.postMessage(word);
    channel.onmessage = ({ data }) => {
      setElsewhere(data !== 'gone');
      if (data === 'who?') say('me');
      if (data === 'gone') say('who?'); // perhaps there is a third
    };
    say('who?');
    const leave = () => say('gone');
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
      channel.close();
    };
  }, [sheet]);
  return elsewhere;
}
