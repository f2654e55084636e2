import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

interface Props {
  title: string;
  text: string;
  secret: string;
  onClose: () => void;
}

/** Shows what is shown only once, ready to be copied. A click beside it does not close it. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      toast(t('Copied'));
    } catch {
      toast(t('Copying was not allowed: select the text and copy it.'), 'error');
    }
  };
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="secret-title">
      <DialogTitle id="secret-title">{title}</DialogTitle>
      <DialogContent>
        <p style={{ marginTop: 0 }}>{text}</p>
        <TextField value={secret} slotProps={{ htmlInput: { readOnly: true, 'aria-label': title, style: { fontFamily: 'monospace' } } }} onFocus={(e) => (e.target as HTMLInputElement).select()} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('Done')}</Button>
        <Button variant="contained" autoFocus onClick={copy}>{t('Copy')}</Button>
      </DialogActions>
    </Dialog>
  );
}
