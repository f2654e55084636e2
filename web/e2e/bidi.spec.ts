import { t } from '../src/i18n/t';
import { expect, test } from '@playwright/test';

const [pdf, lri, rli, fsi, pdi, rlo] = ['\u202c', '\u2066', '\u2067', '\u2068', '\u2069', '\u202e'];

/** Whether each direction mark is closed, and none is closed that was not opened. */
function isBalanced(text: string) {
  let open = 0;
  for (const mark of text) {
    if (mark === lri || mark === rli || mark === fsi) open++;
    if (mark === pdi && --open < 0) return false;
  }
  return open === 0;
}

test('whatever marks of direction a name has, they turn nothing of the sentence around it', () => {
  const marks = ['a', 'א', rlo, pdf, lri, rli, fsi, pdi];
  const names = marks.flatMap((a) => marks.flatMap((b) => marks.flatMap((c) => [a, b, c].join(''))));
  for (const name of names) {
    const told = t('{name} is now {state}', { name, state: 'shipped' });
    const own = told.slice(0, -' is now shipped'.length);
    if (/^a+$/.test(name)) expect(own).toBe(name);
    else {
      expect([own.at(0), own.at(-1), isBalanced(own.slice(1, -1))], JSON.stringify(name)).toEqual([fsi, pdi, true]);
      expect(own.replaceAll(/[\u2066-\u2069]/g, '')).toBe(name.replaceAll(/[\u2066-\u2069]/g, ''));
    }
  }
});
