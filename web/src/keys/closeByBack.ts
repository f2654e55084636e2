/**
 * Back closes what has opened above the page, as Escape does, before it leaves the page. Browsers
 * let it be held back once after something was done there: who presses it again leaves.
 */
export function closeByBack() {
  window.navigation?.addEventListener('navigate', (event) => {
    const opened = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].at(-1);
    const back = event.navigationType === 'traverse' && event.destination.index < (window.navigation?.currentEntry?.index ?? 0);
    if (!opened || !back || !event.cancelable) return;
    event.preventDefault();
    opened.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
}
