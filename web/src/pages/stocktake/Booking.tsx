import { useRef } from 'react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useRefresh } from 'ra-core';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { Change } from '@/pages/products/Change';
import { UnknownLeft } from '@/pages/products/UnknownSkus';
import { isDone } from '@/pages/sheet/rows';
import { toast } from '@/toast/toasts';
import { isDue, sumOf, type Row } from './rows';
import type { Stocktake } from './stocktake';

interface Props {
  rows: Row[];
  stocktake: Stocktake;
  onNext: () => void; // begins another count
}

/** The totals of the count, the note for every row, and the button that books them. */
export function Booking({ rows, stocktake, onNext }: Props) {
  const { note, apart, unknown } = stocktake.use();
  const busy = stocktake.useBusy();
  const refresh = useRefresh();
  const button = useRef<HTMLButtonElement>(null);
  const { differ, over, short } = sumOf(rows, apart);
  const due = rows.filter((row) => isDue(row, apart)).length;
  const done = rows.filter(isDone).length;
  const waiting = rows.length - due - done;
  const ended = rows.length > 0 && done === rows.length && unknown.length === 0;

  const book = async () => {
    const result = await stocktake.book();
    refresh();
    if (result.done > 0) toast(plural(result.done, '{n} count booked', '{n} counts booked'));
    if (result.left > 0) toast(plural(result.left, '{n} row was not booked: see the reason in it', '{n} rows were not booked: see the reasons in them'), 'error');
    if (document.activeElement === document.body) button.current?.focus(); // it lost the focus while it was disabled
  };
  const ready = due > 0 && !busy;
  useShortcuts([{ keys: 'b', text: t('Book the count'), group: t('Count'), run: () => ready && void book() }]);
  return (
    <div className="sheet-booking">
      <section className="card" aria-labelledby="stocktake-booking">
        <header><h2 id="stocktake-booking">{t('Summary')}</h2></header>
        <div className="card-body stack">
          <dl className="facts">
            <dt>{t('Rows')}</dt><dd className="num">{number(rows.length)}</dd>
            <dt>{t('Differ')}</dt><dd className="num">{number(differ)}</dd>
            <dt>{t('Units over')}</dt><dd className="num">{over > 0 ? <Change units={over} /> : 0}</dd>
            <dt>{t('Units short')}</dt><dd className="num">{short < 0 ? <Change units={short} /> : 0}</dd>
            <dt>{t('Done')}</dt><dd className="num">{number(done)}</dd>
          </dl>
          <TextField
            label={t('Note')}
            value={note}
            onChange={(e) => stocktake.setNote(e.target.value)}
            helperText={t('For example the shelf or the reason. Saved with every row.')}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <UnknownLeft n={unknown.length} />
          {!busy && waiting > 0 && <span className="muted">{plural(waiting, '{n} row still needs a count or a check.', '{n} rows still need a count or a check.')}</span>}
          {!busy && done > 0 && !ended && <Button variant="outlined" onClick={stocktake.removeDone}>{plural(done, 'Clear {n} finished row', 'Clear {n} finished rows')}</Button>}
        </div>
      </section>
      <div className="sheet-bar">
        {ended
          ? <Button ref={button} variant="contained" size="medium" fullWidth onClick={onNext}>{t('Next count')}</Button>
          : (
            <Button ref={button} variant="contained" size="medium" fullWidth aria-keyshortcuts="b" disabled={!ready} onClick={() => void book()}>
              {busy ? t('Booking…') : due === 0 ? t('Book') : plural(due, 'Book {n} row', 'Book {n} rows')}
              {!busy && <kbd className="button-key" aria-hidden="true">b</kbd>}
            </Button>
          )}
      </div>
    </div>
  );
}
