import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useRefresh } from 'ra-core';
import { useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { useAttempt } from '@/api/attempt';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';

/** Erases the personal data of a customer permanently. Their email address must be typed first. */
export default function EraseDialog({ record, onClose }: { record: RecordData; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const attempt = useAttempt();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const email = String(record.email);
  const agrees = typed.trim().toLowerCase() === email.toLowerCase();

  const { submit, busy, failure } = useSubmit([], async () => {
    await attempt([record.id], (headers) => api.post(`/customers/${record.id}/erase`, undefined, headers));
    await navigate('/customers');
    refresh();
    toast(t('Personal data of {name} erased', { name: String(record.name) }));
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="erase-title">
      <form onSubmit={submit}>
        <DialogTitle id="erase-title">{t('Erase {name}?', { name: String(record.name) })}</DialogTitle>
        <DialogContent>
          <div className="stack">
            <p className="flush">{t('The customer’s name, email, phone, addresses and notes are erased permanently, also from orders and the audit log. This cannot be undone. The orders and their amounts are kept.')}</p>
            {failure && <div className="form-error" role="alert">{failure}</div>}
            <TextField label={t('Type {email} to confirm', { email })} value={typed} autoFocus autoComplete="off" onChange={(e) => setTyped(e.target.value)} />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Keep data')}</Button>
          <SubmitButton variant="contained" color="error" idle={!agrees || busy}>{t('Erase permanently')}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
