import { useState } from 'react';
import { toastError } from '@/toast/toasts';

/** Runs the action of a button, which is to be disabled while busy. A failure is shown as a toast. */
export function useAction<A extends unknown[]>(run: (...args: A) => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const act = async (...args: A) => {
    setBusy(true);
    try {
      await run(...args);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return { act, busy };
}
