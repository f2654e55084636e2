import { useLayoutEffect, useRef, useState } from 'react';

/**
 * The text of a search field. It follows the address when that was changed from outside: by a link,
 * a saved view, the back button or a filter that was removed; not when the field itself did, which
 * may hold more letters by then.
 */
export function useSearchText(applied: string, filters: object) {
  const [text, setText] = useState(applied);
  const address = JSON.stringify(filters);
  const sent = useRef<string[]>([]); // what the address does not show yet; no state, which a page that is still being drawn would have too early
  useLayoutEffect(() => {
    const at = sent.current.indexOf(applied);
    sent.current = at < 0 ? [] : sent.current.slice(at + 1);
    if (at < 0) setText(applied);
  }, [address, applied]);
  return { text, setText, sending: (q: string) => void sent.current.push(q) };
}

/** What is typed next is another search. */
export function focusAll(input: HTMLInputElement | null) {
  input?.focus();
  input?.select();
}
