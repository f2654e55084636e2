import { flushSync } from 'react-dom';

const gapMs = 50; // people take longer between two keys, scanners do not
const scan = 3; // no person presses this many keys in a row that fast

type Press = (event: KeyboardEvent) => void;

let held: KeyboardEvent[] = [];
let timer = 0;
let last: Press = () => {}; // what was to be done with the held keys

/**
 * Distinguishes the keys of a person from a code that a scanner types. A key that may begin a code is
 * held until it is clear that no other follows at once. The keys of a code run no shortcuts: its
 * beginning is passed to `scanned`, and its rest goes to whatever has the focus by then.
 */
export function hold(event: KeyboardEvent, mayBegin: boolean, press: Press, scanned: (text: string) => void) {
  last = press;
  const before = held.at(-1);
  if (before && event.timeStamp - before.timeStamp >= gapMs) release(press); // on a busy page, key events arrive before timers
  const goesOn = held.length > 0 && event.key.length === 1;
  if (event.repeat || !(mayBegin || goesOn)) {
    release(press);
    press(event);
    return;
  }
  held.push(event);
  window.clearTimeout(timer);
  if (held.length < scan) {
    timer = window.setTimeout(release, gapMs, press);
    return;
  }
  const text = held.map(({ key }) => key).join('');
  held = [];
  event.preventDefault();
  scanned(text);
}

/** Runs the keys that are held, before anything else changes the page for which they were pressed. */
export const settle = () => release(last);

function release(press: Press) {
  window.clearTimeout(timer);
  const keys = held;
  held = [];
  for (const key of keys) flushSync(() => press(key)); // so that the next key sees the changes of this one
}
