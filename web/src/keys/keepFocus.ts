/** The element that had the focus and its ancestors, from the inside out, and the element's text. */
interface Place {
  path: Element[];
  text: string | null;
}

let last: Place | null = null;
let onPage: Place | null = null; // the last one in the page itself, not in a dialog or menu above it
let held = false; // the focus does not move while a key is down, because the key would press what gets the focus

/**
 * Keeps the focus from getting lost. A button that is disabled while it acts gets the focus back
 * when it is done. When the element is gone, the heading of what surrounded it gets the focus;
 * when the page is gone, that of the next page. If something else has the focus, nothing happens.
 */
export function keepFocus() {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || isNowhere()) return;
    last = placeOf(target);
    if (target.closest('main, .app-bar, .app-menu')) onPage = last;
  });
  window.addEventListener('blur', ({ target }) => { // intended, if the element could have kept the focus, now and in the next frame
    if (!canTake(target)) return;
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && last?.path[0] === target && canTake(target)) last = onPage = null;
    });
  }, true); // before React handles the event and enables a button whose answer has arrived
  window.addEventListener('keydown', () => { held = true; }, true);
  window.addEventListener('keyup', () => {
    held = false;
    look();
  }, true);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}

/** Whether nothing has the focus but the body or a page's heading, so that it may be moved. */
export const isFocusFree = () => document.activeElement === document.body || document.activeElement?.tagName === 'H1';

/** Whether the focus is lost: the body has it, or a dialog that took it when an element within was disabled. */
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
  waiting = requestAnimationFrame(() => { waiting = requestAnimationFrame(giveBack); }); // after whatever takes the focus by itself
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
