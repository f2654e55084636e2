import { useEffect, useRef, useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useAttempt } from '@/api/attempt';
import type { RecordData } from '@/api/definitions';
import { isProblem, messageOf } from '@/api/problem';
import { number, parseInteger, wholeNumberHint } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';
import { SubmitButton } from '@/ui/SubmitButton';
import { booksOf, levelNow, tooFew, type Level } from './level';
import { countStock } from './stock';

interface Props {
  record: RecordData;
  onDone: () => void;
  onMoved: () => void; // the stock on the page is out of date
  onClose: () => void;
}

/** Books a count, unless the stock has changed since the dialog was opened. */
export function StocktakeDialog({ record, onDone, onMoved, onClose }: Props) {
  const [level, setLevel] = useState<Level | null>(null); // as it was when the dialog was opened
  const [together, setTogether] = useState(true); // the units in orders to pack are counted, too
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  const { stock: expected, committed } = level ?? { stock: record.stock as number, committed: 0 };
  const sold = together ? committed : 0;
  const counted = parseInteger(text);
  const short = counted >= 0 && counted < sold;
  const valid = counted >= sold;
  const wrong = text.trim() !== '' && !valid;
  const difference = counted - sold - expected;

  useEffect(() => {
    const stock = record.stock as number; // as the page shows it: if it has moved since, the count is refused
    void levelNow(record.id).then(({ committed }) => committed, () => 0).then((committed) => setLevel((before) => before ?? { stock, committed }));
  }, [record]);

  /** If the stock has changed, the count is out of date: asks for another one. */
  const countAgain = async (refusal: unknown) => {
    const now = await levelNow(record.id);
    if (now.stock === expected && now.committed === committed) throw refusal;
    setLevel(now);
    setText('');
    setFailure(now.stock === expected
      ? t('Orders were sent or cancelled while you counted. Count again.')
      : t('The stock moved while you counted: the books said {before} and say {now} now. Count again.', { before: number(expected), now: number(now.stock) }));
    input.current?.focus();
    onMoved();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const body = { counted, expected, committed: sold || undefined, note: note.trim() || undefined };
      await attempt([body], (headers) => countStock(record.id, body, headers));
      toast(difference === 0 ? t('Counted: nothing to correct') : t('Counted: stock is now {n}', { n: number(counted - sold) }));
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
              helperText={short ? tooFew(sold) : wrong ? wholeNumberHint() : valid ? differenceText(difference) : level && booksOf(level)}
              slotProps={{ htmlInput: { inputMode: 'numeric' } }}
            />
            {committed > 0 && (
              <FormControlLabel
                control={<Checkbox checked={together} onChange={(_, on) => setTogether(on)} />}
                label={plural(committed, 'Counted with the {n} unit in orders to pack', 'Counted with the {n} units in orders to pack')}
              />
            )}
            <TextField label={t('Note')} value={note} onChange={(e) => setNote(e.target.value)} slotProps={{ htmlInput: { maxLength: 2000 } }} />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <SubmitButton variant="contained" idle={!valid || !level || busy}>{t('Book the count')}</SubmitButton>
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
