import { flushSync } from 'react-dom';

const gapMs = 50; // people leave more between two keys, scanners less
const scan = 3; // keys in a row that no person presses so fast

type Press = (event: KeyboardEvent) => void;

let held: KeyboardEvent[] = [];
let timer = 0;

/**
 * Tells keys that a person presses from a code that a scanner types: a key with which one may
 * begin is held until it is known not to be followed at once. What then turns out to be a code
 * works nothing; its beginning is handed over, and the rest is for whatever has the focus by then.
 */
export function hold(event: KeyboardEvent, mayBegin: boolean, press: Press, scanned: (text: string) => void) {
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

function release(press: Press) {
  window.clearTimeout(timer);
  const keys = held;
  held = [];
  for (const key of keys) flushSync(() => press(key)); // the next one meets what this one has changed
}
