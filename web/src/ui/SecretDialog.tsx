import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { LeaveGuard } from '@/engine/form/LeaveGuard';
import { t } from '@/i18n/t';
import { copyText } from './copyText';

interface Props {
  title: string;
  text: string;
  secret: string;
  onClose: () => void;
}

/** Shows a secret that is shown only once, ready to be copied. A click outside does not close it, and Back asks first. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
  const [kept, setKept] = useState(false);
  const close = () => {
    setKept(true);
    setTimeout(onClose); // once the guard is gone
  };
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="secret-title">
      <DialogTitle id="secret-title">{title}</DialogTitle>
      <DialogContent>
        <p style={{ marginTop: 0 }}>{text}</p>
        <TextField value={secret} slotProps={{ htmlInput: { readOnly: true, 'aria-label': title, style: { fontFamily: 'monospace' } } }} onFocus={(e) => (e.target as HTMLInputElement).select()} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('Done')}</Button>
        <Button variant="contained" autoFocus onClick={() => void copyText(secret, () => setKept(true))}>{t('Copy')}</Button>
      </DialogActions>
      {!kept && <KeepGuard />}
    </Dialog>
  );
}

/** Asks before the person leaves a page with something that is not shown again. */
export const KeepGuard = () => (
  <LeaveGuard dirty question={t('Leave without saving this? It is not shown again.')} discard={t('Leave')} />
);
