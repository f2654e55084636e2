import { newKey } from '@/api/attempt';

/** The part of the browser's Navigation API used here, which the types of TypeScript 5 do not have yet. */
interface Navigation {
  currentEntry: { index: number } | null;
  addEventListener: (type: 'currententrychange', listener: (event: { navigationType: string | null }) => void) => void;
}

interface Entry {
  idx?: number; // the router's number, from which it computes the distance between entries
}

/**
 * Numbers history entries of typed addresses as the router numbers its own. Without these numbers
 * it cannot block Back, or the next typed address, on a page with unsaved changes.
 */
export function numberHistory() {
  const { navigation } = window as { navigation?: Navigation };
  if (!navigation) return;
  const index = () => navigation.currentEntry?.index ?? 0;
  const own = () => (history.state as Entry | null)?.idx;
  let last = { idx: own() ?? 0, index: index() };
  navigation.addEventListener('currententrychange', ({ navigationType }) => {
    const step = { push: 1, replace: 0 }[navigationType ?? ''] ?? index() - last.index;
    last = { idx: own() ?? last.idx + step, index: index() };
    if (own() === undefined) history.replaceState({ ...history.state as object, idx: last.idx, key: newKey() }, '');
  });
}
