let pressed = false;
const ends = ['pointerup', 'pointercancel'] as const;
window.addEventListener('pointerdown', () => { pressed = true; }, true);
for (const end of ends) window.addEventListener(end, () => { pressed = false; }, true);

/**
 * Runs at once, or when the button of the mouse is up again: what the page says of a field that
 * is left moves what is below, and a press that ends on something else is no click.
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
