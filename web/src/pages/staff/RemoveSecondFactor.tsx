import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useRefresh } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { api } from '@/api/http';
import { messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

/** Removes the second factor of a colleague who has lost both phone and recovery codes. */
export function RemoveSecondFactor({ record }: { record: RecordData }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('Remove second factor…')}</Button>
      {open && <Confirm record={record} onClose={() => setOpen(false)} />}
    </>
  );
}

function Confirm({ record, onClose }: { record: RecordData; onClose: () => void }) {
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();
  const name = String(record.name as string);
  const remove = async () => {
    setBusy(true);
    setFailure('');
    try {
      await api.delete(`/staff/${record.id}/totp`);
      onClose();
      refresh();
      toast(t('Second factor of {name} removed', { name }));
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="remove-factor-title">
      <DialogTitle id="remove-factor-title">{t('Remove the second factor of {name}?', { name })}</DialogTitle>
      <DialogContent>
        <div className="stack">
          <p className="flush">{t('Do this if they have lost their phone and their recovery codes, and you are sure that the request comes from them. They are signed out everywhere, and sign in with only their password until they set up a new second factor.')}</p>
          {failure && <div className="form-error" role="alert">{failure}</div>}
        </div>
      </DialogContent>
      <DialogActions>
        <Button autoFocus onClick={onClose}>{t('Keep')}</Button>
        <Button variant="contained" color="error" disabled={busy} onClick={remove}>{t('Remove')}</Button>
      </DialogActions>
    </Dialog>
  );
}
