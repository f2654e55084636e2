import type { DataProvider, GetListParams, Identifier } from 'ra-core';
import { isUnknown, makeAttempt, once } from './attempt';
import type { RecordData, ResourceDef, SchemaDef } from './definitions';
import { canSort, fieldOf } from './definitions';
import { bestFirst } from '@/i18n/match';
import { api, send, termsOf, type Query } from './http';
import { pageQuery, rememberCursor } from './paging';
import { messageOf, mistyped, type ProblemBody } from './problem';
import { t } from '@/i18n/t';

interface Page<T = RecordData> {
  items: T[];
  next_cursor: string | null;
  total?: number;
  total_is_estimate?: boolean;
}

/** The number of rows of a list, as the server reports it. */
export interface ListMeta {
  estimate?: boolean;
  total?: number;
}

/** The result for one record of a bulk change. */
export interface Verdict {
  id: number;
  error?: ProblemBody; // why it was not changed
  unknown?: boolean; // it is not known whether it was changed
}

/** The results for all records, and the ids of the requests to undo; null if one of the ids is not known. */
export interface BulkOutcome {
  verdicts: Verdict[];
  requests: string[] | null;
}

/** The meta of a getList call that needs no total. */
export const uncounted = { uncounted: true };

/** The meta of a getList call for the records that match its q best, the best first. It needs no total. */
export const best = { best: true };

/** The resources that the server's search ranks. */
const ranked = new Set(['products', 'orders', 'customers']);

/** The longest text that the search takes, and the most records that it finds. */
const [longestSought, mostFound] = [100, 100];

/** The most records, or ids of records, in one request. */
const mostPerRequest = 200;

/**
 * The first records of a list, or all of it for Infinity, in as many requests as that takes: the server also ends
 * a page of very long orders early. Throws if it says that there are more and sends none, rather than leave them out.
 */
export async function wholePage<T = RecordData>(path: string, query: Query, size: number, signal?: AbortSignal): Promise<Page<T>> {
  const page = await api.get<Page<T>>(path, { ...query, limit: Math.min(size, mostPerRequest) }, signal);
  while (page.next_cursor && page.items.length < size) {
    const onward: Query = { ...query, offset: undefined, cursor: page.next_cursor, limit: Math.min(size - page.items.length, mostPerRequest), count: 'none' };
    const more = await api.get<Page<T>>(path, onward, signal);
    if (more.items.length === 0 && more.next_cursor) throw new Error(t('The server says that there are more rows, but does not send them.'));
    page.items.push(...more.items);
    page.next_cursor = more.next_cursor;
  }
  return page;
}

/** Connects ra-core to the API, for every resource of the definitions. */
export function makeDataProvider(schema: SchemaDef): DataProvider {
  const byName = new Map(schema.resources.map((r) => [r.name, r]));
  const defOf = (resource: string) => byName.get(resource);

  /** Includes deleted records: they still have a page, and other records that refer to them show their titles. */
  const withDeleted = (resource: string): Query => (defOf(resource)?.soft_delete ? { include_deleted: true } : {});

  const creating = makeAttempt();

  async function getList(resource: string, params: Partial<GetListParams>) {
    const filter = params.filter as Query;
    const scope: Query = { ...filter, ...(typeof filter?.q === 'string' && { q: termsOf(filter.q) }), sort: sortQuery(defOf(resource), params.sort) };
    const { page = 1, perPage = 25 } = params.pagination ?? {};
    if (params.meta === best && typeof filter?.q === 'string') return bestOf(resource, filter.q, scope, perPage, params.signal);
    const query = { ...scope, ...pageQuery(resource, scope, page, perPage), ...(params.meta === uncounted && { count: 'none' }) };
    const answer = await wholePage(`/${resource}`, query, perPage, params.signal);
    rememberCursor(resource, scope, page, perPage, answer.next_cursor);
    const estimate = answer.total_is_estimate ?? false;
    return {
      data: answer.items,
      // ra-core leaves a page that is past the total, and an estimate may be too low.
      total: estimate ? Math.max(answer.total ?? 0, page * perPage) : answer.total,
      meta: { estimate, total: answer.total } satisfies ListMeta,
      pageInfo: { hasNextPage: answer.next_cursor !== null, hasPreviousPage: page > 1 },
    };
  }

  /**
   * The records of a list that match best. Where many match, the list, which is in another order, may not have them. So the search is
   * asked which are the best of all, and those that the list has not are fetched, unless its filters leave them out.
   */
  async function bestOf(resource: string, q: string, scope: Query, most: number, signal?: AbortSignal) {
    const [{ items, next_cursor: more }, hits] = await Promise.all([
      wholePage(`/${resource}`, { ...scope, count: 'none' }, most, signal),
      foundBy(resource, q, most, signal),
    ]);
    const missing = hits.map(({ id }) => id).filter((id) => !items.some((item) => item.id === id));
    const others = more && missing.length > 0 ? await wholePage(`/${resource}`, { ...scope, id: missing, count: 'none' }, missing.length, signal) : { items: [] };
    const ranks = new Map(hits.map(({ id, rank }) => [id, rank]));
    const rankOf = ({ id }: RecordData) => ranks.get(id) ?? Infinity;
    const title = defOf(resource)?.title_field ?? 'id';
    const data = bestFirst([...items, ...others.items], (record) => String(record[title] as string), q);
    return {
      data: data.sort((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b))).slice(0, most),
      pageInfo: { hasNextPage: more !== null, hasPreviousPage: false },
    };
  }

  async function getMany(resource: string, { ids, signal }: { ids: Identifier[]; signal?: AbortSignal }) {
    const data: RecordData[] = [];
    for (const part of partsOf(ids)) {
      const query = { id: part, count: 'none', ...withDeleted(resource) };
      data.push(...(await wholePage(`/${resource}`, query, part.length, signal)).items);
    }
    return { data };
  }

  const provider = {
    supportAbortSignal: true,
    getList,
    getMany,
    getOne: async (resource: string, { id, signal }: { id: Identifier; signal?: AbortSignal }) => {
      if (Number.isNaN(id)) throw mistyped();
      return { data: await api.get<RecordData>(`/${resource}/${id}`, withDeleted(resource), signal) };
    },
    getManyReference: (resource: string, params: GetListParams & { target: string; id: Identifier }) =>
      getList(resource, { ...params, filter: { ...(params.filter as Query), [params.target]: params.id } }),
    create: async (resource: string, { data }: { data: Partial<RecordData> }) => ({
      data: await creating([resource, data], (headers) => api.post<RecordData>(`/${resource}`, data, headers)),
    }),
    update: async (resource: string, params: { id: Identifier; data: Partial<RecordData>; previousData?: RecordData }) => {
      const patch = patchOf(defOf(resource), params.data, params.previousData);
      if (Object.keys(patch).length === 0 && params.previousData) return { data: params.previousData };
      return { data: await api.patch<RecordData>(`/${resource}/${params.id}`, patch, ifMatch(params.previousData)) };
    },
    delete: async (resource: string, { id, previousData }: { id: Identifier; previousData?: RecordData }) => {
      await api.delete(`/${resource}/${id}`, ifMatch(previousData));
      return { data: previousData ?? { id } };
    },
  };
  return provider as unknown as DataProvider;
}

/** Makes one change to many records. Each record succeeds or fails on its own, and so does each request needed. */
export async function bulk(resource: string, ids: number[], change: { patch: unknown } | { action: 'delete' | 'restore' }): Promise<BulkOutcome> {
  const verdicts: Verdict[] = [];
  let requests: string[] | null = [];
  for (const part of partsOf(ids)) {
    try {
      const body = { ids: part, ...change };
      const response = await once((headers) => send('POST', `/${resource}/bulk`, { body, headers }));
      const id = response.headers.get('Idempotency-Replayed') ? null : response.headers.get('X-Request-ID'); // a replayed answer does not have the id of the request that wrote
      requests = id === null ? null : requests && [...requests, id];
      verdicts.push(...((await response.json()) as { results: Verdict[] }).results);
    } catch (error) {
      const unknown = isUnknown(error);
      if (unknown) requests = null;
      const why = messageOf(error);
      const detail = unknown ? t('{why} It may or may not have been changed.', { why }) : why;
      verdicts.push(...part.map((id) => ({ id, error: { detail }, unknown })));
    }
  }
  return { verdicts, requests };
}

interface Hit {
  resource: string;
  id: number;
  rank: number;
}

/** The records of this resource that the search finds for a text. It gives each resource its share. */
async function foundBy(resource: string, q: string, most: number, signal?: AbortSignal): Promise<Hit[]> {
  if (!ranked.has(resource) || [...q].length > longestSought) return [];
  const limit = Math.min(most * ranked.size, mostFound);
  const { items } = await api.get<{ items: Hit[] }>('/search', { q, limit }, signal);
  return items.filter((hit) => hit.resource === resource);
}

/** Splits the ids into as many as one request may have. */
export const partsOf = <T>(ids: T[]) =>
  Array.from({ length: Math.ceil(ids.length / mostPerRequest) }, (_, i) => ids.slice(i * mostPerRequest, (i + 1) * mostPerRequest));

/** The changed fields that may be changed. */
function patchOf(def: ResourceDef | undefined, data: Partial<RecordData>, previous?: RecordData) {
  const changed = Object.entries(data).filter(([name, value]) => {
    const field = def && fieldOf(def, name);
    if (field && !field.updatable) return false;
    return !previous || JSON.stringify(previous[name]) !== JSON.stringify(value);
  });
  return Object.fromEntries(changed);
}

export function ifMatch(previous?: RecordData): Record<string, string> {
  return previous?.version === undefined ? {} : { 'If-Match': `"${previous.version}"` };
}

/**
 * The sort parameter. The default order may have several keys, while ra-core's state holds only the first.
 * It also takes the place of an order by a field that the list is not sorted by, as an old address may have it.
 */
function sortQuery(def: ResourceDef | undefined, sort?: { field: string; order: string }) {
  if (!sort?.field) return undefined;
  if (def && !canSort(def, sort.field)) return def.default_sort;
  const key = sort.order === 'DESC' ? `-${sort.field}` : sort.field;
  return def && def.default_sort.split(',')[0] === key ? def.default_sort : key;
}
