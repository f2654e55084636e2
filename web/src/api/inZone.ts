import { timeZone } from '@/i18n/format';
import { isProblem } from './problem';
import { makeStore } from './store';

/** The person's time zone if the server does not know it, as browsers may hear of a new one before; null if it does. */
export const unknownZone = makeStore<string | null>(null);

/** Reads what is told by days: those of the person's time zone or, if the server does not know it, of UTC. */
export async function inZone<T>(read: (tz: string) => Promise<T>): Promise<T> {
  const zone = timeZone();
  if (unknownZone.get() === null) {
    try {
      return await read(zone);
    } catch (error) {
      const refused = isProblem(error, 'invalid') && error.body.errors?.some(({ location }) => location === 'query.tz');
      if (!refused || zone === 'UTC') throw error;
      unknownZone.set(zone);
    }
  }
  return read('UTC');
}
