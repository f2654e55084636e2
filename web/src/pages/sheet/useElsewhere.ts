import { useEffect, useState } from 'react';

/** Whether another tab shows this sheet, too. The tabs ask each other when one opens it or leaves it. */
export function useElsewhere(sheet: string): boolean {
  const [elsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(`storekeeper.${sheet}`);
    const say = (word: 'who?' | 'me' | 'gone') => channel.postMessage(word);
    let left = false; // a page that is being left hears and answers for a while, and may come back from the browser's cache
    channel.onmessage = ({ data }) => {
      if (left) return;
      setElsewhere(data !== 'gone');
      if (data === 'who?') say('me');
      if (data === 'gone') say('who?'); // perhaps there is a third
    };
    say('who?');
    const leave = () => {
      left = true;
      say('gone');
    };
    const come = () => {
      left = false;
      say('who?');
    };
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', come);
    return () => {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', come);
      leave();
      channel.close();
    };
  }, [sheet]);
  return elsewhere;
}
