import { useState } from 'react';

/**
 * The text of a search field. It follows the address when that was changed from outside: by a link,
 * a saved view, the back button or a filter that was removed; not when the field itself did, which
 * may hold more letters by then.
 */
export function useSearchText(applied: string, filters: object) {
  const [text, setText] = useState(applied);
  const address = JSON.stringify(filters);
  const [seen, setSeen] = useState(address);
  const [sent, setSent] = useState<string[]>([]); // what the address does not show yet
  if (seen !== address) {
    const at = sent.indexOf(applied);
    setSeen(address);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    if (at < 0) setText(applied);
  }
  return { text, setText, sending: (q: string) => setSent((all) => [...all, q]) };
}

/** What is typed next is another search. */
export function focusAll(input: HTMLInputElement | null) {
  input?.focus();
  input?.select();
}
