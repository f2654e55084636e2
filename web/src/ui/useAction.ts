import { useState } from 'react';
import { toastError } from '@/toast/toasts';

/** What a button does, once at a time however often it is pressed; a failure is shown as a toast. */
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
