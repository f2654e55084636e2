import { useState } from 'react';
import { t } from '@/i18n/t';
import { ApiProblem, messageOf, OfflineError } from './problem';

type Headers = Record<string, string>;
type Send<T> = (headers: Headers) => Promise<T>;

/** What nothing else is named by. Over plain http browsers have no crypto.randomUUID. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

/** By this a repeated POST has one effect. */
export const idempotencyKey = (key = newKey()): Headers => ({ 'Idempotency-Key': key });

/** Sends a request that has one effect: when its answer was lost, it is sent once more under the same key. */
export async function once<T>(send: Send<T>, headers = idempotencyKey()): Promise<T> {
  try {
    return await send(headers);
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
    return send(headers);
  }
}

/** Whether the server acted cannot be told from this failure. */
export const isUnknown = (error: unknown) => error instanceof OfflineError || (error instanceof ApiProblem && error.status >= 500);

/** A request of an Attempt may have been done or not. */
export class UnknownOutcome extends Error {
  constructor(cause: unknown) {
    super(t('{why} Whether it was done is not known; doing it again does not do it twice.', { why: messageOf(cause) }));
    this.name = 'UnknownOutcome';
  }
}

/** Sends a request of that identity. */
export type Attempt = <T>(identity: unknown[], send: Send<T>) => Promise<T>;

/**
 * Sends what a person may send again. While the outcome is unknown, the same request keeps
 * its key, so that it is not done twice; an answer, a refusal or another request ends that.
 */
export function makeAttempt(): Attempt {
  let open: { request: string; headers: Headers } | null = null;
  return async (identity, send) => {
    const request = JSON.stringify(identity);
    if (open?.request !== request) open = { request, headers: idempotencyKey() };
    try {
      const answer = await once(send, open.headers);
      open = null;
      return answer;
    } catch (error) {
      if (isUnknown(error)) throw new UnknownOutcome(error);
      open = null;
      throw error;
    }
  };
}

/** The attempts of a form, which makes one at a time. */
export const useAttempt = (): Attempt => useState(makeAttempt)[0];
