import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { plural, t } from '@/i18n/t';
import { unitsOf, type Order } from './types';

interface Props {
  orders: Order[];
  onConfirm: (note: string) => void;
  onClose: () => void;
}

/** Asks before many orders are cancelled, for that cannot be taken back. */
export default function BulkCancelDialog({ orders, onConfirm, onClose }: Props) {
  const [note, setNote] = useState('');
  const units = orders.reduce((sum, order) => sum + unitsOf(order), 0);
  const confirm = () => {
    onClose();
    onConfirm(note.trim());
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="bulk-cancel-title">
      <DialogTitle id="bulk-cancel-title">{plural(orders.length, 'Cancel {n} order?', 'Cancel {n} orders?')}</DialogTitle>
      <DialogContent>
        <div className="stack">
          <p className="flush">{plural(units, '{n} unit goes back to stock. A cancelled order cannot be reopened.', '{n} units go back to stock. Cancelled orders cannot be reopened.')}</p>
          <p className="flush muted">{orders.map((order) => `#${order.number}`).join(', ')}</p>
          <TextField label={t('Reason')} helperText={t('Kept in the timeline of each order.')} value={note} onChange={(e) => setNote(e.target.value)} slotProps={{ htmlInput: { maxLength: 2000 } }} />
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>{t('Keep them')}</Button>
        <Button variant="contained" color="error" onClick={confirm}>{plural(orders.length, 'Cancel {n} order', 'Cancel {n} orders')}</Button>
      </DialogActions>
    </Dialog>
  );
}
