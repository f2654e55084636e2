import { useRef, useState, type FormEvent } from 'react';
import TextField from '@mui/material/TextField';
import { useAttempt } from '@/api/attempt';
import { api } from '@/api/http';
import { messageOf } from '@/api/problem';
import { LeaveGuard } from '@/engine/form/LeaveGuard';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { useShowOrder } from './transition';
import type { Order } from './types';

/** Adds a note to the timeline. What was typed stays until it is saved. */
export function NoteForm({ order }: { order: Order }) {
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt();
  const input = useRef<HTMLTextAreaElement>(null);
  const show = useShowOrder();
  useShortcuts([{ keys: 'm', text: t('Write a note'), group: t('Order'), run: () => input.current?.focus() }]);

  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    if (!note.trim()) {
      input.current?.focus();
      return;
    }
    setBusy(true);
    setFailure('');
    try {
      const body = { note: note.trim() };
      await attempt([order.id, body], (headers) => api.post(`/orders/${order.id}/notes`, body, headers));
      setNote('');
      toast(t('Note added'));
      await show();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={save} className="note-form">
      <TextField
        multiline
        maxRows={8}
        value={note}
        placeholder={t('Write a note…')}
        error={failure !== ''}
        helperText={failure || undefined}
        inputRef={input}
        onChange={(e) => setNote(e.target.value)}
        onKeyDown={(e) => isEnter(e) && (e.ctrlKey || e.metaKey) && void save()}
        slotProps={{ htmlInput: { 'aria-label': t('Note'), maxLength: 2000 } }}
      />
      <SubmitButton variant="outlined" idle={busy}>{t('Add note')}</SubmitButton>
      <LeaveGuard dirty={note.trim() !== '' && !busy} />
    </form>
  );
}
