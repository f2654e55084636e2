import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useAttempt } from '@/api/attempt';
import type { RecordData } from '@/api/definitions';
import { number, parseInteger, wholeNumberHint } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay, useSession } from '@/session/session';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';
import { moveStock, reasons, type Reason } from './stock';

interface Props {
  record: RecordData;
  onDone: () => void;
  onClose: () => void;
}

const labels = (): Partial<Record<Reason, string>> => ({
  receipt: t('Goods received'),
  return: t('Customer return'),
  adjustment: t('Correction (up or down)'),
  damage: t('Damaged, lost or stolen'),
});

/** What the person may do to the stock by hand. */
export const movingTitle = (mayAdjust: boolean) => (mayAdjust ? t('Receive or adjust') : t('Receive'));

/** The sign of a change for this reason; 0 if the person chooses it. */
const signOf = (reason: Reason) => ({ receipt: 1, return: 1, damage: -1 })[reason as 'receipt' | 'return' | 'damage'] ?? 0;

export function AdjustDialog({ record, onDone, onClose }: Props) {
  const may = useMay();
  const most = useSession().me.max_stock_adjustment;
  const offered = reasons.filter((r) => may('stock:adjust') || (signOf(r) > 0 && may('stock:receive')));
  const [reason, setReason] = useState<Reason>(offered[0] ?? 'receipt');
  const [text, setText] = useState('');
  const [brokenText, setBroken] = useState(''); // the damaged units of a return
  const [note, setNote] = useState('');
  const attempt = useAttempt();

  const stock = record.stock as number;
  const limit = reason === 'receipt' || reason === 'return' ? null : most; // the limit is for corrections, not for goods that come in
  const typed = parseInteger(text);
  const sign = signOf(reason);
  const change = sign === 0 ? typed : sign * Math.abs(typed);
  const wrong = text.trim() !== '' && Number.isNaN(typed);
  const signed = sign !== 0 && typed < 0;
  const valid = !Number.isNaN(typed) && typed !== 0 && !signed;
  const isReturn = reason === 'return';
  const damaged = isReturn && brokenText.trim() !== '' ? parseInteger(brokenText) : 0;
  const wrongDamaged = Number.isNaN(damaged) || damaged < 0 || (valid && damaged > change);
  const tooMuch = valid && stock + change < 0;

  const { submit, busy, failure, errors } = useSubmit(['quantity_change', 'damaged_quantity', 'note'], async () => {
    const body = { quantity_change: change, damaged_quantity: damaged || undefined, reason, note: note.trim() || undefined };
    const moved = await attempt([body], (headers) => moveStock(record.id, body, headers));
    toast(t('Stock is now {n}', { n: number(moved.stock) }));
    onDone();
  });
  return (
    <Dialog open onClose={closing(onClose, text !== '' || brokenText !== '' || note !== '')} fullWidth maxWidth="xs" aria-labelledby="adjust-title">
      <form onSubmit={submit}>
        <DialogTitle id="adjust-title">{movingTitle(may('stock:adjust'))}</DialogTitle>
        <DialogContent>
          <div className="stack">
            {failure && <div className="form-error" role="alert">{failure}</div>}
            <TextField select label={t('Reason')} value={reason} onChange={(e) => setReason(e.target.value as Reason)}>
              {offered.map((r) => <MenuItem key={r} value={r}>{labels()[r]}</MenuItem>)}
            </TextField>
            <TextField
              autoFocus
              required
              label={sign === 0 ? t('Change') : t('Units')}
              value={text}
              onChange={(e) => setText(e.target.value)}
              error={wrong || signed || tooMuch || Boolean(errors.quantity_change)}
              helperText={errors.quantity_change ?? (wrong ? wholeNumberHint() : signed ? t('Enter the number without a minus sign. The reason decides whether stock goes up or down.') : hint(stock, wrongDamaged ? change : change - damaged, valid, sign, limit))}
              slotProps={{ htmlInput: { inputMode: sign === 0 ? 'text' : 'numeric' } }}
            />
            {isReturn && (
              <TextField
                label={t('Damaged')}
                value={brokenText}
                onChange={(e) => setBroken(e.target.value)}
                error={wrongDamaged || Boolean(errors.damaged_quantity)}
                helperText={errors.damaged_quantity ?? (wrongDamaged && valid ? t('Enter a number from 0 to {n}.', { n: number(change) }) : wrongDamaged ? wholeNumberHint() : t('How many of these units cannot be sold again.'))}
                slotProps={{ htmlInput: { inputMode: 'numeric' } }}
              />
            )}
            <TextField label={t('Note')} value={note} onChange={(e) => setNote(e.target.value)} helperText={errors.note ?? (isReturn ? t('Order number, why it was returned…') : t('Delivery note number, what happened…'))} slotProps={{ htmlInput: { maxLength: 2000 } }} />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <SubmitButton variant="contained" idle={!valid || wrongDamaged || tooMuch || busy}>{t('Book')}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function hint(stock: number, change: number, valid: boolean, sign: number, limit: number | null) {
  if (valid && stock + change < 0) return t('Only {n} in stock.', { n: number(stock) });
  if (valid) return t('{from} → {to}', { from: number(stock), to: number(stock + change) });
  if (limit !== null) return t('Your role may change at most {n} at once.', { n: number(limit) });
  return sign === 0 ? t('For example, -3 or 12.') : t('{n} in stock now.', { n: number(stock) });
}
