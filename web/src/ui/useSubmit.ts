import { useState, type FormEvent } from 'react';
import { OfflineError, refusalOf } from '@/api/problem';
import { toastError } from '@/toast/toasts';

/** Submits a small form, and keeps the server's messages: those for its fields, and one to show above them. */
export function useSubmit(shown: readonly string[], send: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setFailure('');
    setErrors({});
    try {
      await send();
    } catch (error) {
      if (error instanceof OfflineError) return toastError(error);
      const refusal = refusalOf(error, shown);
      setErrors(refusal.errors);
      setFailure(refusal.failure);
    } finally {
      setBusy(false);
    }
  };
  return { submit, busy, failure, errors };
}
