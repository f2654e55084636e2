import type { DataProvider, GetListParams, Identifier } from 'ra-core';
import type { RecordData, ResourceDef, SchemaDef } from './definitions';
import { fieldOf } from './definitions';
import { api, type Query } from './http';
import { pageQuery, rememberCursor } from './paging';

interface Page {
  items: RecordData[];
  next_cursor: string | null;
  total?: number;
  total_is_estimate?: boolean;
}

export interface Verdict {
  id: number;
  status: number;
  error?: { detail?: string; title?: string; code?: string };
}

export interface BulkAnswer {
  succeeded: number;
  failed: number;
  results: Verdict[];
}

const idsPerRequest = 200;

/** ra-core's interface to the API, for every resource of the definitions. */
export function makeDataProvider(schema: SchemaDef): DataProvider {
  const byName = new Map(schema.resources.map((r) => [r.name, r]));
  const defOf = (resource: string) => byName.get(resource);

  /** What was deleted has a page still, and is named where others refer to it. */
  const withDeleted = (resource: string): Query => (defOf(resource)?.soft_delete ? { include_deleted: true } : {});

  async function getList(resource: string, params: Partial<GetListParams>) {
    const scope: Query = { ...(params.filter as Query), sort: sortQuery(defOf(resource), params.sort) };
    const { page = 1, perPage = 25 } = params.pagination ?? {};
    const query = { ...scope, limit: perPage, ...pageQuery(resource, scope, page, perPage) };
    const answer = await api.get<Page>(`/${resource}`, query, params.signal);
    rememberCursor(resource, scope, page, perPage, answer.next_cursor);
    return {
      data: answer.items,
      total: answer.total,
      meta: { estimate: answer.total_is_estimate ?? false },
      pageInfo: { hasNextPage: answer.next_cursor !== null, hasPreviousPage: page > 1 },
    };
  }

  async function getMany(resource: string, { ids, signal }: { ids: Identifier[]; signal?: AbortSignal }) {
    const data: RecordData[] = [];
    for (let i = 0; i < ids.length; i += idsPerRequest) {
      const part = ids.slice(i, i + idsPerRequest);
      const query = { id: part, limit: part.length, count: 'none', ...withDeleted(resource) };
      data.push(...(await api.get<Page>(`/${resource}`, query, signal)).items);
    }
    return { data };
  }

  const provider = {
    supportAbortSignal: true,
    getList,
    getMany,
    getOne: async (resource: string, { id, signal }: { id: Identifier; signal?: AbortSignal }) => ({
      data: await api.get<RecordData>(`/${resource}/${id}`, withDeleted(resource), signal),
    }),
    getManyReference: (resource: string, params: GetListParams & { target: string; id: Identifier }) =>
      getList(resource, { ...params, filter: { ...(params.filter as Query), [params.target]: params.id } }),
    create: async (resource: string, { data }: { data: Partial<RecordData> }) => ({
      data: await api.post<RecordData>(`/${resource}`, data),
    }),
    update: async (resource: string, params: { id: Identifier; data: Partial<RecordData>; previousData?: RecordData }) => {
      const patch = patchOf(defOf(resource), params.data, params.previousData);
      if (Object.keys(patch).length === 0 && params.previousData) return { data: params.previousData };
      return { data: await api.patch<RecordData>(`/${resource}/${params.id}`, patch, ifMatch(params.previousData)) };
    },
    updateMany: async (resource: string, { ids, data }: { ids: Identifier[]; data: unknown }) =>
      ({ data: succeededIds(await bulk(resource, ids, { patch: data })) }),
    delete: async (resource: string, { id, previousData }: { id: Identifier; previousData?: RecordData }) => {
      await api.delete(`/${resource}/${id}`, ifMatch(previousData));
      return { data: previousData ?? { id } };
    },
    deleteMany: async (resource: string, { ids }: { ids: Identifier[] }) =>
      ({ data: succeededIds(await bulk(resource, ids, { action: 'delete' })) }),
  };
  return provider as unknown as DataProvider;
}

/** One change of many records; each stands or falls alone. */
export function bulk(
  resource: string,
  ids: Identifier[],
  change: { patch: unknown } | { action: 'delete' | 'restore' },
): Promise<BulkAnswer> {
  return api.post<BulkAnswer>(`/${resource}/bulk`, { ids, ...change });
}

const succeededIds = (answer: BulkAnswer) => answer.results.filter((r) => r.status < 400).map((r) => r.id);

/** The fields that a person may change and did. */
export function patchOf(def: ResourceDef | undefined, data: Partial<RecordData>, previous?: RecordData) {
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

/** The default order may have several keys, which ra-core's state cannot hold. */
function sortQuery(def: ResourceDef | undefined, sort?: { field: string; order: string }) {
  if (!sort?.field) return undefined;
  const key = sort.order === 'DESC' ? `-${sort.field}` : sort.field;
  return def && def.default_sort.split(',')[0] === key ? def.default_sort : key;
}
