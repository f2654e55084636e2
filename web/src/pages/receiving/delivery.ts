import { messageOf } from '@/api/problem';
import { moveStock, type MovementBody } from '@/pages/products/stock';
import { isCount } from '@/pages/sheet/kept';
import { isDone, isWaiting, unitsOf, type SheetRow } from '@/pages/sheet/rows';
import { sheetsOf, type SheetOf } from '@/pages/sheet/sheet';

/** A line of a delivery: one product and how many units came. */
export type Line = SheetRow<MovementBody>;
export type Delivery = SheetOf<MovementBody>;

/** The server remembers an idempotency key for a day. A request that is repeated later could be done twice. */
const keyLife = 23 * 60 * 60 * 1000;

/** Whether it is unknown if the line was booked, and too late to find out by sending it again. */
export const isLost = ({ sent }: Line) => sent !== undefined && Date.now() - sent.at > keyLife;

export const isReady = (line: Line) => unitsOf(line) > 0;

/** Whether the line still has to be booked. */
export const isLeft = (line: Line) => !isDone(line) && !isLost(line);

export const deliveryOf = sheetsOf<MovementBody>({
  name: 'delivery',
  isDue: (line) => isWaiting(line) && isLeft(line) && isReady(line),
  bodyOf: (line, note) => ({ quantity_change: unitsOf(line), reason: 'receipt', note }),
  readBody: ({ quantity_change, note }) =>
    (isCount(quantity_change) ? { quantity_change, reason: 'receipt', ...(typeof note === 'string' && { note }) } : undefined),
  send: async (line, body, headers) => ({ state: 'booked', expected: (await moveStock(line.product.id, body, headers)).balance_after }),
  refusalOf: (_, error) => ({ state: 'refused', why: messageOf(error) }),
});
