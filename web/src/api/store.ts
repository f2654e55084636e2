import { useSyncExternalStore } from 'react';

/** A value outside React that components can watch. */
interface Store<T> {
  get: () => T;
  set: (next: T | ((previous: T) => T)) => void;
  use: () => T;
  until: (test: (value: T) => boolean) => Promise<void>;
}

export function makeStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get,
    set: (next) => {
      const resolved = typeof next === 'function' ? (next as (p: T) => T)(value) : next;
      if (Object.is(resolved, value)) return;
      value = resolved;
      listeners.forEach((l) => l());
    },
    use: () => useSyncExternalStore(subscribe, get),
    until: (test) => new Promise((resolve) => {
      const check = () => {
        if (!test(value)) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      check();
    }),
  };
}
