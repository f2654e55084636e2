import { useRef, useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useAttempt } from '@/api/attempt';
import type { RecordData } from '@/api/definitions';
import { isProblem, messageOf } from '@/api/problem';
import { number, parseInteger, wholeNumberHint } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';
import { SubmitButton } from '@/ui/SubmitButton';
import { countStock, productNow } from './stock';

interface Props {
  record: RecordData;
  onDone: () => void;
  onMoved: () => void; // the stock on the page is out of date
  onClose: () => void;
}

/** Books a count, unless the stock has changed since the dialog was opened. */
export function StocktakeDialog({ record, onDone, onMoved, onClose }: Props) {
  const [expected, setExpected] = useState(record.stock as number);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  const counted = parseInteger(text);
  const valid = counted >= 0;
  const wrong = text.trim() !== '' && !valid;
  const difference = counted - expected;

  /** If the stock has changed, the count is out of date: asks for another one. */
  const countAgain = async (refusal: unknown) => {
    const { stock } = await productNow(record.id);
    if (stock === expected) throw refusal;
    setExpected(stock);
    setText('');
    setFailure(t('The stock moved while you counted: the books said {before} and say {now} now. Count again.', { before: number(expected), now: number(stock) }));
    input.current?.focus();
    onMoved();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const body = { counted, expected, note: note.trim() || undefined };
      await attempt([body], (headers) => countStock(record.id, body, headers));
      toast(difference === 0 ? t('Counted: nothing to correct') : t('Counted: stock is now {n}', { n: number(counted) }));
      onDone();
    } catch (error) {
      if (isProblem(error, 'conflict')) await countAgain(error).catch((failed: unknown) => setFailure(messageOf(failed)));
      else setFailure(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={closing(onClose, text !== '' || note !== '')} fullWidth maxWidth="xs" aria-labelledby="count-title">
      <form onSubmit={submit}>
        <DialogTitle id="count-title">{t('Count the stock')}</DialogTitle>
        <DialogContent>
          <div className="stack">
            {failure && <div className="form-error" role="alert">{failure}</div>}
            <TextField
              autoFocus
              required
              inputRef={input}
              label={t('Units on the shelf')}
              value={text}
              onChange={(e) => setText(e.target.value)}
              error={wrong}
              helperText={wrong ? wholeNumberHint() : valid ? differenceText(difference) : t('The books say {n}.', { n: number(expected) })}
              slotProps={{ htmlInput: { inputMode: 'numeric' } }}
            />
            <TextField label={t('Note')} value={note} onChange={(e) => setNote(e.target.value)} slotProps={{ htmlInput: { maxLength: 2000 } }} />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <SubmitButton variant="contained" idle={!valid || busy}>{t('Book the count')}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function differenceText(difference: number) {
  if (difference === 0) return t('As the books say.');
  const n = Math.abs(difference);
  return difference < 0
    ? plural(n, '{n} unit is missing.', '{n} units are missing.')
    : plural(n, '{n} unit more than in the books.', '{n} units more than in the books.');
}
