/** What had the focus, within what surrounds it from the inside out, and what it said. */
interface Place {
  path: Element[];
  text: string | null;
}

let last: Place | null = null;
let onPage: Place | null = null; // not in what opens above the page and goes again
let held = false; // a key that is still down must not press what comes next

/**
 * Keeps the keyboard where one was. A button that is disabled while it acts has the focus again
 * when it is done; what is gone, as the line that it ended, leaves the focus to the heading of
 * what surrounded it, and a page to that of the next one. Who takes the focus is left alone.
 */
export function keepFocus() {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || isNowhere()) return;
    last = placeOf(target);
    if (target.closest('main, .app-bar, .app-menu')) onPage = last;
  });
  document.addEventListener('focusout', ({ target }) => { // left on purpose when it could have kept the focus, now and in the next frame
    if (!canTake(target)) return;
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && last?.path[0] === target && canTake(target)) last = onPage = null;
    });
  });
  window.addEventListener('keydown', () => { held = true; }, true);
  window.addEventListener('keyup', () => {
    held = false;
    look();
  }, true);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}

/** Whether the focus is where it was put for want of a better place, if anywhere. */
export const isFocusFree = () => document.activeElement === document.body || document.activeElement?.tagName === 'H1';

/** A dialog takes the focus itself when what had it in there is disabled. */
function isNowhere() {
  const { activeElement, body } = document;
  const element = last?.path[0];
  return activeElement === body || (element !== undefined && element !== activeElement && activeElement?.contains(element) === true && !canTake(element));
}

const placeOf = (element: Element): Place => {
  const path = [];
  for (let at: Element | null = element; at && !at.matches('.app, #root, body'); at = at.parentElement) path.push(at);
  return { path, text: element.textContent };
};

const canTake = (element: unknown): element is HTMLElement => element instanceof HTMLElement && element.isConnected && !element.matches(':disabled');

let waiting = 0;

function look() {
  if (!last || held || !isNowhere()) return;
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => { waiting = requestAnimationFrame(giveBack); }); // what takes it comes first
}

function giveBack() {
  if (held || !isNowhere()) return;
  for (const place of [last, onPage]) {
    const element = place?.path[0];
    if (!place || !element) continue;
    if (canTake(element) && element.textContent === place.text) return element.focus({ preventScroll: true });
    if (element.matches(':disabled') && element.isConnected) return undefined;
    const around = place.path.slice(1).find((e) => e.isConnected && e.querySelector('h1, h2'));
    const heading = around?.querySelector<HTMLElement>('h1, h2');
    if (!heading) continue;
    heading.tabIndex = -1;
    return heading.focus({ preventScroll: true });
  }
  return undefined;
}
