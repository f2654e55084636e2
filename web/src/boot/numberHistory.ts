import { newKey } from '@/api/attempt';

/** What a browser tells of the entries of its history, which the types of TypeScript 5 do not have yet. */
interface Navigation {
  currentEntry: { index: number } | null;
  addEventListener: (type: 'currententrychange', listener: (event: { navigationType: string | null }) => void) => void;
}

interface Entry {
  idx?: number; // by which the router tells how far it is from one entry to another
}

/**
 * Numbers the entries of addresses that somebody typed as the router numbers its own: it holds Back,
 * and what is typed next, back from a page with unsaved changes by these numbers alone.
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
