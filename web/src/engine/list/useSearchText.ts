import { useLayoutEffect, useRef, useState } from 'react';

/**
 * The text of a search field. It follows the address when that is changed from outside: by a link,
 * a saved view, the back button, or a filter that is removed. It does not follow a change that the
 * field itself made, since more may have been typed by then.
 */
export function useSearchText(applied: string, filters: object) {
  const [text, setText] = useState(applied);
  const address = JSON.stringify(filters);
  const sent = useRef<string[]>([]); // sent, but not in the address yet. A ref: state could be rendered together with the old address
  useLayoutEffect(() => {
    const at = sent.current.indexOf(applied);
    sent.current = at < 0 ? [] : sent.current.slice(at + 1);
    if (at < 0) setText(applied);
  }, [address, applied]);
  return { text, setText, sending: (q: string) => void sent.current.push(q) };
}

/** Focuses the input and selects its text, so that typing starts a new search. */
export function focusAll(input: HTMLInputElement | null) {
  input?.focus();
  input?.select();
}
