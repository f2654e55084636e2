let pressed = false;
const ends = ['pointerup', 'pointercancel'] as const;
window.addEventListener('pointerdown', () => { pressed = true; }, true);
for (const end of ends) window.addEventListener(end, () => { pressed = false; }, true);

/**
 * Runs at once, or if a mouse button is down, when it is released. The message that appears at a
 * field on blur moves everything below it, and a press that ends on another element is not a click.
 */
export function afterPress(run: () => void) {
  if (!pressed) return run();
  const ended = new AbortController();
  const done = () => {
    ended.abort();
    setTimeout(run);
  };
  for (const end of ends) window.addEventListener(end, done, { signal: ended.signal });
}
