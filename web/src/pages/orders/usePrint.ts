import { useEffect } from 'react';
import { toastError } from '@/toast/toasts';

/** Prints the contents of `.slips`, and nothing else of the page, as soon as they are ready. Shows why if they cannot be. */
export function usePrint(ready: boolean, error: unknown, onPrinted: () => void) {
  useEffect(() => {
    if (!error) return;
    toastError(error);
    onPrinted();
  }, [error, onPrinted]);
  useEffect(() => {
    if (!ready) return undefined;
    document.body.classList.add('printing-slips');
    const frame = requestAnimationFrame(() => {
      window.print();
      onPrinted();
    });
    return () => {
      cancelAnimationFrame(frame);
      document.body.classList.remove('printing-slips');
    };
  }, [ready, onPrinted]);
}
