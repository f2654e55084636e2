import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { number, words } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { closing } from '@/ui/closing';
import { verbOf } from './transition';
import { unitsOf, type Order, type Status } from './types';

interface Props {
  to: Status;
  orders: Order[];
  others: number; // selected orders that cannot take the step
  onConfirm: (note: string) => void;
  onClose: () => void;
}

/** The most orders that are listed by number: nobody reads more. */
const named = 50;

/** Asks before many orders take a step that cannot be undone. */
export default function BulkStepDialog({ to, orders, others, onConfirm, onClose }: Props) {
  const [note, setNote] = useState('');
  const cancels = to === 'cancelled';
  const confirm = () => {
    onClose();
    onConfirm(note.trim());
  };
  const n = orders.length;
  const units = orders.reduce((sum, order) => sum + unitsOf(order), 0);
  return (
    <Dialog open onClose={closing(onClose, note !== '')} fullWidth maxWidth="sm" aria-labelledby="bulk-step-title">
      <DialogTitle id="bulk-step-title">{cancels ? plural(n, 'Cancel {n} order?', 'Cancel {n} orders?') : t('{verb} ({n})?', { verb: verbOf(to), n: number(n) })}</DialogTitle>
      <DialogContent>
        <div className="stack">
          <p className="flush">
            {cancels
              ? plural(units, '{n} unit goes back to stock. A cancelled order cannot be reopened.', '{n} units go back to stock. Cancelled orders cannot be reopened.')
              : plural(n, '{n} order becomes {state}. This cannot be undone.', '{n} orders become {state}. This cannot be undone.', { state: words(to).toLowerCase() })}
          </p>
          <p className="flush muted">
            {orders.slice(0, named).map((order) => `#${order.number}`).join(', ')}
            {n > named && ` ${plural(n - named, 'and {n} more', 'and {n} more')}`}
          </p>
          {others > 0 && <p className="flush">{plural(others, '{n} other order stays selected and is not changed.', '{n} other orders stay selected and are not changed.')}</p>}
          {cancels && <TextField label={t('Reason')} helperText={t('Shown in the timeline of each order.')} value={note} onChange={(e) => setNote(e.target.value)} slotProps={{ htmlInput: { maxLength: 2000 } }} />}
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus={cancels}>{cancels ? t('Keep orders') : t('Cancel')}</Button>
        <Button variant="contained" color={cancels ? 'error' : 'primary'} autoFocus={!cancels} onClick={confirm}>
          {cancels ? plural(n, 'Cancel {n} order', 'Cancel {n} orders') : verbOf(to)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
