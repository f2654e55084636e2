import { useRef } from 'react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useRefresh } from 'ra-core';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { isDone, unitsOf } from '@/pages/sheet/rows';
import { toast } from '@/toast/toasts';
import { UnknownLeft } from '@/pages/products/UnknownSkus';
import { isLeft, isReady, type Delivery, type Line } from './delivery';

interface Props {
  delivery: Delivery;
  onFill: (line: Line) => void; // goes to a line that has no units yet
  onNext: () => void; // begins another delivery
}

/** The totals of what will be booked, the note for every line, and the button that books. */
export function Booking({ delivery, onFill, onNext }: Props) {
  const { rows: lines, note, unknown } = delivery.use();
  const busy = delivery.useBusy();
  const refresh = useRefresh();
  const button = useRef<HTMLButtonElement>(null);
  const left = lines.filter(isLeft);
  const lacking = left.filter((line) => !isReady(line));
  const [toFill] = lacking;
  const booked = lines.filter(isDone);
  const ended = booked.length > 0 && left.length === 0 && unknown.length === 0;
  const toBook = left.length > 0 || booked.length === 0;
  const ready = left.length > 0 && !toFill && !busy;

  const book = async () => {
    const result = await delivery.book();
    refresh();
    if (result.done > 0) toast(plural(result.done, '{n} receipt booked', '{n} receipts booked'));
    if (result.left > 0) toast(plural(result.left, '{n} line was not booked: see the reason in it', '{n} lines were not booked: see the reasons in them'), 'error');
    if (document.activeElement === document.body) button.current?.focus(); // it lost the focus while it was disabled
  };
  const next = () => {
    delivery.removeDone();
    delivery.setNote('');
    onNext();
  };
  useShortcuts([{ keys: 'b', text: t('Book the delivery'), group: t('Delivery'), run: () => (toFill ? onFill(toFill) : ready && void book()) }]);
  return (
    <div className="sheet-booking">
      <section className="card" aria-labelledby="receiving-booking">
        <header><h2 id="receiving-booking">{t('Booking')}</h2></header>
        <div className="card-body stack">
          <dl className="facts">
            {toBook && <><dt>{t('Lines')}</dt><dd className="num">{number(left.length)}</dd></>}
            {toBook && <><dt>{t('Units')}</dt><dd className="num">{number(unitsIn(left.filter(isReady)))}</dd></>}
            {booked.length > 0 && <><dt>{t('Lines booked')}</dt><dd className="num">{number(booked.length)}</dd></>}
            {booked.length > 0 && <><dt>{t('Units booked')}</dt><dd className="num">{number(unitsIn(booked))}</dd></>}
          </dl>
          <TextField
            label={t('Note')}
            value={note}
            onChange={(e) => delivery.setNote(e.target.value)}
            helperText={t('Delivery note or supplier. Saved with every line.')}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <UnknownLeft n={unknown.length} />
          {toFill && (
            <Button variant="outlined" onClick={() => onFill(toFill)}>{plural(lacking.length, 'Go to the line without units', 'Go to the first of {n} lines without units')}</Button>
          )}
        </div>
      </section>
      <div className="sheet-bar">
        {ended
          ? <Button ref={button} variant="contained" size="medium" fullWidth onClick={next}>{t('Next delivery')}</Button>
          : (
            <Button ref={button} variant="contained" size="medium" fullWidth aria-keyshortcuts="b" disabled={!ready} onClick={() => void book()}>
              {busy ? t('Booking…') : left.length === 0 ? t('Book') : plural(left.length, 'Book {n} line', 'Book {n} lines')}
              {!busy && <kbd className="button-key" aria-hidden="true">b</kbd>}
            </Button>
          )}
      </div>
    </div>
  );
}

const unitsIn = (lines: Line[]) => lines.reduce((sum, line) => sum + unitsOf(line), 0);
