import { localStorageStore, type Store } from 'ra-core';

const kept = localStorageStore(undefined, 'storekeeper');

/** ra-core writes what a list is searched for here. It may be a customer's name, and our lists do not read it (storeKey={false}). */
const isSearch = (key: string) => key.endsWith('.listParams');

for (const key of Object.keys(kept.listItems?.() ?? {})) if (isSearch(key)) kept.removeItem(key);

/** What the browser keeps of its user's settings, such as columns, after they have signed out, too. */
export const store: Store = {
  ...kept,
  setItem: (key, value) => {
    if (!isSearch(key)) kept.setItem(key, value);
  },
};
