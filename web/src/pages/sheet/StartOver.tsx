import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import RestartIcon from '@mui/icons-material/RestartAlt';
import { plural, t } from '@/i18n/t';
import { isDone, type SheetRow } from './rows';

interface Props {
  rows: SheetRow<unknown>[];
  unknown: number; // SKUs without a product
  busy: boolean;
  keep: string; // the label of the button that throws nothing away
  onStart: () => void;
}

/** A button that empties a sheet, after the person has confirmed it. */
export function StartOver({ rows, unknown, busy, keep, onStart }: Props) {
  const [asking, setAsking] = useState(false);
  const waiting = rows.filter((row) => !isDone(row)).length;
  const left = waiting + unknown;
  const start = () => {
    setAsking(false);
    onStart();
  };
  return (
    <>
      <Button startIcon={<RestartIcon />} disabled={busy} onClick={() => setAsking(true)}>{t('Start over…')}</Button>
      <Dialog open={asking} onClose={() => setAsking(false)} fullWidth maxWidth="xs" aria-labelledby="start-over-title">
        <DialogTitle id="start-over-title">{t('Start over?')}</DialogTitle>
        <DialogContent>
          {left > 0 && plural(left, '{n} row that is not booked will be gone.', '{n} rows that are not booked will be gone.')}
          {' '}
          {waiting < rows.length && t('What is booked stays booked.')}
        </DialogContent>
        <DialogActions>
          <Button onClick={start}>{t('Start over')}</Button>
          <Button variant="contained" autoFocus onClick={() => setAsking(false)}>{keep}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
