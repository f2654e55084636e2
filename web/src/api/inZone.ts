import { timeZone } from '@/i18n/format';
import { isProblem } from './problem';
import { makeStore } from './store';

/** The person's time zone if the server does not know it, because a browser may learn of a new one first; else null. */
export const unknownZone = makeStore<string | null>(null);

/** Fetches a report by day, in the person's time zone or, if the server does not know it, in UTC. */
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
