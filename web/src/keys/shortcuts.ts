import { useEffect, useRef } from 'react';
import { makeStore } from '@/api/store';
import { hold } from './held';

/** A key or a sequence of keys, and what it does while the component that offers it is on screen. */
export interface Shortcut {
  keys: string; // 'j', '/', 'g p', 'Enter'
  text: string; // what it does, for the sheet
  group: string;
  repeats?: boolean; // also runs again and again while the key is held
  run: (event: KeyboardEvent) => void;
}

/** The keys of a shortcut that any of the ten digits triggers. */
export const anyDigit = '0…9';

export const shortcuts = makeStore<Shortcut[]>([]);
export const sheetOpen = makeStore(false);

export const openShortcutSheet = () => sheetOpen.set(true);

/** Offers shortcuts while the calling component is on screen; later ones win. */
export function useShortcuts(list: Shortcut[], enabled = true) {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const signature = list.map((s) => `${s.keys}\n${s.text}`).join('\t');
  useEffect(() => {
    if (!enabled) return undefined;
    const mine = latest.current.map((s, i) => ({ ...s, run: (e: KeyboardEvent) => latest.current[i]?.run(e) }));
    shortcuts.set((all) => [...mine, ...all]);
    return () => shortcuts.set((all) => all.filter((s) => !mine.includes(s)));
  }, [signature, enabled]);
}

const sequenceMs = 1_200;
let pending = '';
let pendingSince = 0;

/**
 * Runs the shortcut that a key press completes. The beginning of a code from a scanner is passed to `scanned`.
 * In a field keys are text, until Escape leaves it.
 */
export function pressKey(event: KeyboardEvent, scanned: (text: string) => void) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && !isCovered()) event.target.blur();
    return;
  }
  if (event.key === 'Shift' || isCovered()) return;
  const numbersLead = shortcuts.get().some(({ keys }) => keys === anyDigit); // then a digit runs its shortcut at once, and is not held as the beginning of a code
  hold(event, (numbersLead ? /^[a-z]$/i : /^[a-z\d]$/i).test(event.key), run, scanned);
}

const isCovered = () => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

function run(event: KeyboardEvent) {
  if (isCovered()) return;
  const first = Date.now() - pendingSince < sequenceMs ? pending : '';
  const all = shortcuts.get();
  const single = /^\d$/.test(event.key) ? anyDigit : event.key;
  const match = (first && all.find((s) => s.keys === `${first} ${event.key}`)) || all.find((s) => s.keys === single);
  if (event.repeat && !match?.repeats) return;
  const opensSequence = all.some((s) => s.keys.startsWith(`${event.key} `));
  pending = !match && opensSequence ? event.key : '';
  pendingSince = Date.now();
  if (!match || (event.key === 'Enter' && isControl(event.target))) return;
  event.preventDefault();
  match.run(event);
}

const isControl = (target: EventTarget | null) => target instanceof HTMLElement && target.matches('a, button, summary');

function isTyping(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}
