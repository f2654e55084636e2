import { useState } from 'react';
import { t } from '@/i18n/t';
import { offline } from './http';
import { ApiProblem, messageOf, OfflineError } from './problem';

type Headers = Record<string, string>;
export type Send<T> = (headers: Headers) => Promise<T>;

/** A new unique key. Over plain http browsers have no crypto.randomUUID. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

/** The header with which a repeated POST takes effect only once. */
export const idempotencyKey = (key = newKey()): Headers => ({ 'Idempotency-Key': key });

/** Sends a request that takes effect once: if its answer is lost, it is sent once more with the same key. */
export async function once<T>(send: Send<T>, headers = idempotencyKey()): Promise<T> {
  try {
    return await send(headers);
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
    return send(headers);
  }
}

/** The same for one request of many. If the server cannot be reached, waits until it can and sends the request once more, so that the following ones do not all fail, too. */
export async function onceBack<T>(send: Send<T>): Promise<T> {
  const headers = idempotencyKey();
  try {
    return await once(send, headers);
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
    await offline.until((away) => !away);
    return send(headers);
  }
}

/** Whether it is unknown after this failure if the server has done what was requested. */
export const isUnknown = (error: unknown) => error instanceof OfflineError || (error instanceof ApiProblem && error.status >= 500);

/** The error of an Attempt whose request may or may not have been done. */
export class UnknownOutcome extends Error {
  constructor(cause: unknown) {
    super(t('{why} It may or may not have been done. You can safely try again: it is not done twice.', { why: messageOf(cause) }));
    this.name = 'UnknownOutcome';
  }
}

/** Sends a request; two with the same identity are the same request. */
export type Attempt = <T>(identity: unknown[], send: Send<T>) => Promise<T>;

/**
 * Sends requests that a person may send again. While the outcome of a request is unknown, it keeps its
 * key, so that it is not done twice. After an answer, a refusal or a different request, the next one gets a new key.
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

/** The Attempt of a form, which sends one request at a time. */
export const useAttempt = (): Attempt => useState(makeAttempt)[0];
