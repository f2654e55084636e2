import { makeStore } from './store';
import { ApiProblem, OfflineError, type ProblemBody } from './problem';

export const prefix = '/api/v1';

/** Whether the last request failed to reach the server. */
export const offline = makeStore(false);

declare global {
  interface Window {
    /** Requests that public/ui/early.js made before this code was loaded, by path. Each answer is used once. */
    early?: Record<string, Promise<Response | undefined> | undefined>;
  }
}

type Renew = () => Promise<void>;
let renew: Renew | null = null;

/** Sets the function that asks the person to sign in again, on the same page, when the session is over. */
export function onSessionOver(handler: Renew | null) {
  renew = handler;
}

let member: number | null = null;

/** Sets whose page this is. The server refuses writes if somebody else has meanwhile signed in, in another tab. */
export function writeAs(id: number) {
  member = id;
}

let refused: (() => void) | null = null;

/** Sets the function that fetches the person's permissions again after a refusal. */
export function onRefusal(handler: (() => void) | null) {
  refused = handler;
}

/**
 * Every request goes through here. A request that is refused because the session
 * is over waits until the person has signed in again and is then repeated, so that
 * nothing they typed is lost.
 */
export async function apiFetch(request: Request): Promise<Response> {
  if (member !== null && request.method !== 'GET') request.headers.set('Storekeeper-Member', String(member));
  const spare = request.clone();
  const response = await reach(request);
  const path = new URL(request.url).pathname;
  if (response.status === 403) refused?.();
  if (response.status !== 401 || !renew || isSigningIn(request.method, path)) return response;
  await response.body?.cancel(); // else it keeps its connection while the person signs in
  await renew();
  return reach(spare);
}

/** Requests for which a 401 does not mean that the session is over: signing in and out, and asking who is signed in. */
const isSigningIn = (method: string, path: string) =>
  /\/auth\/(login|totp|setup|logout)$/.test(path) || (method === 'GET' && path.endsWith('/auth/me'));

async function reach(request: Request): Promise<Response> {
  try {
    const response = (await early(request)) ?? (await fetch(request));
    offline.set(false);
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    offline.set(true);
    throw new OfflineError();
  }
}

async function early(request: Request): Promise<Response | undefined> {
  const { pathname, search } = new URL(request.url);
  const answer = request.method === 'GET' && search === '' ? window.early?.[pathname] : undefined;
  if (answer) delete window.early?.[pathname];
  return answer;
}

export type Query = Record<string, unknown>;

interface Options {
  query?: Query;
  body?: unknown;
  csv?: string; // instead of a body
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls the API at a path below /api/v1; throws an ApiProblem if the server refuses. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The same, but returns the whole response, for callers that need its headers. */
export async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.csv !== undefined) headers['Content-Type'] = 'text/csv';
  const response = await apiFetch(
    new Request(new URL(prefix + path + queryString(options.query), location.origin), {
      method,
      headers,
      body: options.csv ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    }),
  );
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    request<T>('POST', path, { body, headers }),
  patch: <T>(path: string, body: unknown, headers?: Record<string, string>) =>
    request<T>('PATCH', path, { body, headers }),
  delete: <T = void>(path: string, headers?: Record<string, string>) => request<T>('DELETE', path, { headers }),
};

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const retry = Number(response.headers.get('Retry-After'));
  return new ApiProblem(response.status, body, Number.isFinite(retry) && retry > 0 ? retry : null);
}

/** Escapes a text as one value of a list filter, whose values are separated by commas. */
export const listItem = (text: string) => text.replace(/[\\,]/g, '\\$&');

/** The words of a search. A record is found if it has all of them, in any order. */
export const termsOf = (text: string) => text.trim().split(/\s+/).filter(Boolean);

/** The values of a list filter that were escaped by listItem. */
export const listItems = (list: string) =>
  (list.match(/(?:\\[\\,]|[^,])+/g) ?? []).map((item) => item.replace(/\\([\\,])/g, '$1'));

/** Lists are joined by commas, but each word of a search (q) is a parameter of its own. Empty values are left out. */
export function queryString(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (name === 'q' && Array.isArray(value)) value.forEach((word) => params.append(name, word as string));
    else params.set(name, Array.isArray(value) ? value.join(',') : String(value as string | number | boolean));
  }
  const text = params.toString();
  return text && `?${text}`;
}
