import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useListContext } from 'ra-core';
import { useBulk } from '@/engine/list/useBulk';
import { useDefOf } from '@/engine/record';
import { decimalHint, money, parseDecimal } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { closing } from '@/ui/closing';

/** Raises or lowers the prices of the selected products by a percentage. */
export function BulkPrice() {
  const { selectedIds } = useListContext();
  const run = useBulk(useDefOf('products'));
  const [text, setText] = useState<string | null>(null);
  const typed = (text ?? '').trim();
  const percent = parseDecimal(typed);
  const valid = percent > -100 && percent <= 1000;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setText(null);
    await run({ patch: (product) => ({ price: Math.round((product.price as number) * (1 + percent / 100)) }) });
  };
  return (
    <>
      <Button onClick={() => setText('')}>{t('Price…')}</Button>
      <Dialog open={text !== null} onClose={closing(() => setText(null), typed !== '')} fullWidth maxWidth="xs" aria-labelledby="price-title">
        <form onSubmit={submit}>
          <DialogTitle id="price-title">{plural(selectedIds.length, 'Change {n} price', 'Change {n} prices')}</DialogTitle>
          <DialogContent>
            <TextField
              autoFocus
              label={t('Percentage')}
              value={text ?? ''}
              onChange={(e) => setText(e.target.value)}
              error={typed !== '' && !valid}
              helperText={hintOf(typed, percent, valid)}
              slotProps={{ htmlInput: { inputMode: 'text' } }}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setText(null)}>{t('Cancel')}</Button>
            <Button type="submit" variant="contained" disabled={!valid}>{t('Change')}</Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

function hintOf(typed: string, percent: number, valid: boolean) {
  if (valid) return t('{from} becomes {to}', { from: money(10_000), to: money(Math.round(10_000 * (1 + percent / 100))) });
  if (typed === '') return t('Enter 10 to raise prices by 10%, or -10 to lower them by 10%.');
  return Number.isNaN(percent) ? decimalHint() : t('Enter a number above -100 and up to 1000.');
}
