import { useState } from 'react';
import { useRefresh } from 'ra-core';
import { makeAttempt, UnknownOutcome, type Attempt } from '@/api/attempt';
import { inParallel } from '@/api/inParallel';
import { messageOf } from '@/api/problem';
import { makeStore } from '@/api/store';
import { parseInteger } from '@/i18n/format';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { moveStock, type MovementBody } from '@/pages/products/stock';

/** What became of a line. What is not booked can be booked again. */
export type Verdict =
  | { is: 'open' | 'busy' }
  | { is: 'booked'; stock: number }
  | { is: 'refused' | 'unknown'; why: string };

/** What came in of one product. */
export interface Line {
  key: number;
  product: FoundProduct;
  text: string; // the units as they are typed
  verdict: Verdict;
  attempt: Attempt;
  sent?: MovementBody; // whether it was booked is not known: only the same may be sent again
}

export const unitsOf = (line: Line) => parseInteger(line.text);
export const isReady = (line: Line) => unitsOf(line) > 0;
export const isDue = ({ verdict }: Line) => verdict.is !== 'booked';

let keys = 0;

/** The lines of a delivery, the newest first, and the ways to change and book them. */
export function useDelivery() {
  const [store] = useState(() => makeStore<Line[]>([]));
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();

  const change = (key: number, to: Partial<Line>) => store.set((all) => all.map((line) => (line.key === key ? { ...line, ...to } : line)));

  /** Adds units of a product, to its open line if it has one; what cannot be read as units stands there as it is. Answers the key of the line. */
  const add = (product: FoundProduct, units = 0, unread = ''): number => {
    const same = store.get().find((line) => line.product.id === product.id && isDue(line) && !line.sent && line.verdict.is !== 'busy');
    const sum = units + (same && isReady(same) ? unitsOf(same) : 0);
    const text = [sum > 0 ? String(sum) : same?.text, unread].filter(Boolean).join(' + ');
    const key = same?.key ?? ++keys;
    if (same) change(key, { text, verdict: { is: 'open' } });
    else store.set((all) => [{ key, product, text, verdict: { is: 'open' }, attempt: makeAttempt() }, ...all]);
    return key;
  };

  const bookLine = async (line: Line, note: string): Promise<boolean> => {
    const body = line.sent ?? { quantity_change: unitsOf(line), reason: 'receipt', note: note || undefined };
    change(line.key, { verdict: { is: 'busy' } });
    try {
      const { balance_after: stock } = await line.attempt([body], (headers) => moveStock(line.product.id, body, headers));
      change(line.key, { verdict: { is: 'booked', stock }, sent: undefined });
      return true;
    } catch (error) {
      const unknown = error instanceof UnknownOutcome;
      change(line.key, { verdict: { is: unknown ? 'unknown' : 'refused', why: messageOf(error) }, sent: unknown ? body : undefined });
      return false;
    }
  };

  return {
    lines: store.use(),
    busy,
    add,
    type: (key: number, text: string) => change(key, { text, verdict: { is: 'open' } }),
    remove: (key: number) => store.set((all) => all.filter((line) => line.key !== key)),
    keepDue: () => store.set((all) => all.filter(isDue)),
    /** Books what is due, each line on its own; answers how many were booked and how many were not. */
    book: async (note: string) => {
      setBusy(true);
      const verdicts = await inParallel(store.get().filter(isDue), (line) => bookLine(line, note));
      setBusy(false);
      refresh();
      return { booked: verdicts.filter(Boolean).length, left: verdicts.filter((done) => !done).length };
    },
  };
}

export type Delivery = ReturnType<typeof useDelivery>;
