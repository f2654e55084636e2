import { useState } from 'react';
import { makeAttempt, UnknownOutcome, type Attempt } from '@/api/attempt';
import { inParallel } from '@/api/inParallel';
import { untilDone } from '@/api/untilDone';
import { isProblem, messageOf } from '@/api/problem';
import { number, parseInteger } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { moveStock } from '@/pages/products/stock';
import { isDone, isWaiting, type State } from '@/pages/sheet/rows';
import { toast } from '@/toast/toasts';
import { useShowOrder } from './transition';
import { cameBack, type Order } from './types';

/** A line of an order, and how many of its units are returned. */
export interface Returned {
  id: number; // of the order's line
  product: number;
  name: string;
  sku: string;
  quantity: number; // that was sold
  price: number; // at which
  back: string; // what came back before, for people; a line comes back once
  returned: number; // the units returned before
  broken: number; // of these, the damaged ones
  text: string; // the units to return now, as they are typed
  damaged: string; // how many of them are damaged, as typed
  state: State;
  why: string;
  attempt: Attempt;
}

/** The units to return; NaN if the text is not a number from 0 to the quantity that was sold. */
export function backOf({ text, quantity }: Returned): number {
  const units = text.trim() === '' ? 0 : parseInteger(text);
  return units >= 0 && units <= quantity ? units : NaN;
}

/** The damaged ones of the units to return; NaN if the text is not a number from 0 to these units. */
export function damagedOf(line: Returned): number {
  const units = line.damaged.trim() === '' ? 0 : parseInteger(line.damaged);
  return units >= 0 && units <= backOf(line) ? units : NaN;
}

/** Whether the line is booked next. */
export const isDue = (line: Returned) => isWaiting(line) && !line.back && backOf(line) > 0;

const begun = (order: Order): Returned[] => order.items.map(({ id, product_id: product, product_name: name, sku, quantity, price }) => (
  { id, product, name, sku, quantity, price, back: '', returned: 0, broken: 0, text: '', damaged: '', state: 'open', why: '', attempt: makeAttempt() }));

/** The lines, with the returns that the order has, except those that were booked in this dialog. */
const told = (lines: Returned[], { items }: Order) => lines.map((line): Returned => {
  const sold = items.find(({ id }) => id === line.id);
  return sold && !isDone(line) && line.state !== 'unknown' ? { ...line, back: cameBack(sold), returned: sold.returned_quantity, broken: sold.damaged_quantity } : line;
});

/** The return of an order's items. Each line is booked on its own, and at most once, however often it is sent and by whom. */
export function useReturn(order: Order) {
  const [typed, setLines] = useState(() => begun(order));
  const lines = told(typed, order);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const show = useShowOrder();
  const change = (id: number, to: Partial<Returned>) => setLines((all) => all.map((line) => (line.id === id ? { ...line, ...to } : line)));

  const bookLine = async (line: Returned): Promise<boolean> => {
    change(line.id, { state: 'busy', why: '' });
    try {
      const body = { quantity_change: backOf(line), damaged_quantity: damagedOf(line) || undefined, reason: 'return' as const, order_item_id: line.id, note: note.trim() || undefined };
      const { stock } = await line.attempt([body], (headers) => moveStock(line.product, body, headers));
      change(line.id, { state: 'booked', why: t('Stock is now {n}', { n: number(stock) }) });
      return true;
    } catch (error) {
      change(line.id, { state: error instanceof UnknownOutcome ? 'unknown' : 'refused', why: isProblem(error, 'not_found') ? t('The product was deleted.') : messageOf(error) });
      return false;
    }
  };

  return {
    lines, note, setNote, busy,
    type: (id: number, typed: Partial<Pick<Returned, 'text' | 'damaged'>>) => change(id, { ...typed, state: 'open', why: '' }),
    all: () => setLines(lines.map((line) => (line.state === 'open' && !line.back ? { ...line, text: number(line.quantity) } : line))),
    /** Starts over, unless it is unknown for some line whether it was booked. */
    begin: () => {
      if (busy || lines.some((line) => line.state === 'unknown')) return;
      setLines(begun(order));
      setNote('');
    },
    /** Books what is due, and returns whether all of it was. */
    book: async () => {
      const due = lines.filter(isDue);
      setBusy(true);
      const booked = await untilDone(() => inParallel(due, bookLine));
      setBusy(false);
      const done = due.filter((_, i) => booked[i]);
      const units = done.reduce((sum, line) => sum + backOf(line), 0);
      const damaged = done.reduce((sum, line) => sum + damagedOf(line), 0);
      const failed = booked.filter((one) => !one).length;
      const said = { number: order.number, damaged: number(damaged) };
      if (damaged > 0) toast(plural(units, '{n} unit of #{number} came back damaged', '{n} units of #{number} came back, {damaged} of them damaged', said));
      else if (units > 0) toast(plural(units, '{n} unit of #{number} is back in stock', '{n} units of #{number} are back in stock', said));
      if (failed > 0) toast(plural(failed, '{n} product of #{number} was not booked. The reason is shown next to it.', '{n} products of #{number} were not booked. The reason is shown next to each.', { number: order.number }), 'error');
      await show();
      return failed === 0;
    },
  };
}
