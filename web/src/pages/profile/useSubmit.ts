import { useState, type FormEvent } from 'react';
import { isProblem, messageOf } from '@/api/problem';

/** Sends a small form once, and keeps what the server says about it. */
export function useSubmit(send: () => Promise<unknown>) {
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
      const fields = isProblem(error) ? error.fields : {};
      setErrors(fields);
      if (Object.keys(fields).length === 0) setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { submit, busy, failure, errors };
}
