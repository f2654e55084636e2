import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { t } from '@/i18n/t';
import { copyText } from './copyText';

interface Props {
  title: string;
  text: string;
  secret: string;
  onClose: () => void;
}

/** Shows what is shown only once, ready to be copied. A click beside it does not close it. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="secret-title">
      <DialogTitle id="secret-title">{title}</DialogTitle>
      <DialogContent>
        <p style={{ marginTop: 0 }}>{text}</p>
        <TextField value={secret} slotProps={{ htmlInput: { readOnly: true, 'aria-label': title, style: { fontFamily: 'monospace' } } }} onFocus={(e) => (e.target as HTMLInputElement).select()} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('Done')}</Button>
        <Button variant="contained" autoFocus onClick={() => copyText(secret)}>{t('Copy')}</Button>
      </DialogActions>
    </Dialog>
  );
}
