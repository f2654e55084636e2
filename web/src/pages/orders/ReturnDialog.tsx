import { useEffect, useRef } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { money, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { ScannedUnits } from '@/pages/products/ScannedUnits';
import { Outcome } from '@/pages/sheet/Outcome';
import { isDone } from '@/pages/sheet/rows';
import { closing } from '@/ui/closing';
import type { Order } from './types';
import { backOf, damagedOf, isDue, type Returned, type useReturn } from './useReturn';
import '@/pages/products/scanned.css';

interface Props {
  order: Order;
  returned: ReturnType<typeof useReturn>;
  onClose: () => void;
}

/** Books the items that a customer sent back, and shows the result for each line. */
export default function ReturnDialog({ order, returned, onClose }: Props) {
  const { lines, note, setNote, busy, type, all, book } = returned;
  const table = useRef<HTMLTableElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const due = lines.filter(isDue);
  const units = due.reduce((sum, line) => sum + backOf(line), 0);
  const worth = due.reduce((sum, line) => sum + backOf(line) * line.price, 0);
  const first = lines.find((line) => !line.back)?.id;
  const ready = due.length > 0 && !busy && !lines.some((line) => !line.back && Number.isNaN(backOf(line) + damagedOf(line)));

  /** Moves the focus to the units of the next line, and from the last one to the button. */
  const next = () => {
    const inputs = [...table.current?.querySelectorAll<HTMLInputElement>('.return-units input') ?? []];
    const at = inputs.findIndex((input) => input.closest('tr')?.contains(document.activeElement));
    (inputs[at + 1] ?? button.current)?.focus();
  };
  const send = async () => {
    if (await book()) onClose();
  };
  return (
    <Dialog open onClose={closing(onClose, note !== '' || lines.some(({ text, damaged }) => text !== '' || damaged !== ''))} fullWidth maxWidth="sm" aria-labelledby="return-title">
      <DialogTitle id="return-title">{t('Return items from #{number}', { number: order.number })}</DialogTitle>
      <DialogContent>
        <div className="stack">
          <div className="return-head">
            <p className="flush">{t('Enter what came back, and how many of these units cannot be sold again. Only the others stay in stock.')}</p>
            <Button variant="outlined" disabled={busy} onClick={all}>{t('All items')}</Button>
          </div>
          <div className="returns table-scroll">
            <table ref={table} className="grid" aria-labelledby="return-title">
              <thead>
                <tr>
                  <th scope="col">{t('Product')}</th>
                  <th scope="col" className="end">{t('Sold')}</th>
                  <th scope="col" className="end">{t('Returned')}</th>
                  <th scope="col" className="end">{t('Damaged')}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => <Line key={line.id} line={line} first={line.id === first} busy={busy} onType={type} onNext={next} />)}
              </tbody>
            </table>
          </div>
          {units > 0 && <p className="flush">{t('At the prices of this order, that is {amount}.', { amount: money(worth, order.currency) })}</p>}
          <TextField
            label={t('Note')}
            value={note}
            onChange={(e) => setNote(e.target.value)}
            helperText={t('The reason for the return. Shown in the timeline of the order and in the stock movements of each product.')}
            slotProps={{ htmlInput: { maxLength: 1900, readOnly: busy || lines.some(({ state }) => state === 'unknown') } }}
          />
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{lines.some(isDone) ? t('Close') : t('Cancel')}</Button>
        <Button ref={button} variant="contained" disabled={!ready} onClick={() => void send()}>
          {busy ? t('Booking…') : units === 0 ? t('Book') : plural(units, 'Book {n} unit', 'Book {n} units')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What was returned of a line before, and whether a colleague booked it while the dialog was open. */
const Before = ({ line: { state, back, returned, quantity } }: { line: Returned }) => (
  <span className="scan-why">
    {state === 'refused' && <><Outcome state={state} /> {t('Somebody else has already booked this return.')} </>}
    {back}. {returned < quantity && t('If more units are returned later, receive them on the page of the product.')}
  </span>
);

interface LineProps {
  line: Returned;
  first: boolean;
  busy: boolean;
  onType: ReturnType<typeof useReturn>['type'];
  onNext: () => void;
}

function Line({ line, first, busy, onType, onNext }: LineProps) {
  const { id, name, sku, quantity, back, returned, broken, text, damaged, state, why } = line;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) input.current?.focus();
  }, [first]);
  const units = backOf(line);
  const wrong = !back && Number.isNaN(units);
  const wrongDamaged = !back && !wrong && Number.isNaN(damagedOf(line));
  const fixed = back || isDone(line);
  const readOnly = busy || state === 'unknown';
  return (
    <tr className="still">
      <td className="primary">
        {name}<span className="returns-sku">{sku}</span>
        {back
          ? <Before line={line} />
          : why && <span className="scan-why"><Outcome state={state} /> {why}</span>}
        {wrong && <span className="scan-why" id={`back-${id}`}>{t('Enter a number from 0 to {n}.', { n: number(quantity) })}</span>}
        {wrongDamaged && <span className="scan-why" id={`damaged-${id}`}>{units > 0 ? t('At most {n} of them can be damaged.', { n: number(units) }) : t('Enter first how many units came back.')}</span>}
      </td>
      <td className="end" data-label={t('Sold')}>{number(quantity)}</td>
      <td className="end return-units" data-label={t('Returned')}>
        {back ? <span className="muted">{number(returned)}</span> : isDone(line) ? <span className="strong">+{number(units)}</span> : (
          <ScannedUnits
            input={input}
            label={t('Units of {name}', { name })}
            text={text}
            wrong={wrong ? `back-${id}` : undefined}
            readOnly={readOnly}
            onChange={(typed) => onType(id, { text: typed })}
            onEnter={onNext}
          />
        )}
      </td>
      <td className="end" data-label={t('Damaged')}>
        {fixed ? <span className="muted">{number(back ? broken : damagedOf(line))}</span> : (
          <ScannedUnits
            label={t('Damaged units of {name}', { name })}
            text={damaged}
            wrong={wrongDamaged ? `damaged-${id}` : undefined}
            readOnly={readOnly}
            onChange={(typed) => onType(id, { damaged: typed })}
            onEnter={onNext}
          />
        )}
      </td>
    </tr>
  );
}
