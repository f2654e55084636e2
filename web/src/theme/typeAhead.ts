import type { KeyboardEvent } from 'react';
import { matching } from '@/i18n/match';

const pauseMs = 1_000;
let typed = '';
let typedAt = 0;

/** Moves to the item of a menu that matches best what is typed, and with the same letter again to the next one. */
export function typeAhead(event: KeyboardEvent<HTMLElement>) {
  const { key, timeStamp, currentTarget } = event;
  if (key.length !== 1 || key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation(); // MUI would only find labels that begin with it
  typed = (timeStamp - typedAt < pauseMs ? typed : '') + key;
  typedAt = timeStamp;
  const items = [...currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"], [role="option"]')].filter((item) => item.ariaDisabled !== 'true');
  const find = (text: string) => matching(items, (item) => item.textContent, text);
  const again = /^(.)\1*$/u.test(typed);
  let found = find(typed);
  if (again && found.length === 0) found = find(key);
  found[again ? (found.findIndex((item) => item === document.activeElement) + 1) % found.length : 0]?.focus();
}
