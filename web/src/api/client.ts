import createClient from 'openapi-fetch';
import { apiFetch, problemOf } from './http';
import type { paths } from './openapi';

/** The API, with types from its OpenAPI document (written by `make web`). */
export const client = createClient<paths>({ baseUrl: location.origin, fetch: apiFetch });

client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
});

/** The answer of a typed call that succeeded. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
