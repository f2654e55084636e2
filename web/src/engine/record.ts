import type { FieldDef, RecordData, ResourceDef } from '@/api/definitions';
import { useSession } from '@/session/session';

/** What a record is called on screen: #1001, Oak desk, Inventory movement 7. */
export function recordTitle(def: ResourceDef, record: RecordData): string {
  const value = record[def.title_field];
  if (def.title_field === 'number' && typeof value === 'number') return `#${value}`;
  if (def.title_field === 'id' || value === null || value === undefined || value === '') return `${def.label} ${record.id}`;
  return String(value as string | number);
}

export function useDef(name: string): ResourceDef | undefined {
  return useSession().schema.resources.find((r) => r.name === name);
}

/** The definition of a resource that must exist, such as the page's own. */
export function useDefOf(name: string): ResourceDef {
  const def = useDef(name);
  if (!def) throw new Error(`This shop has no ${name}.`);
  return def;
}

export const isNumeric = (field: FieldDef) =>
  field.type === 'integer' || field.type === 'number' || field.type === 'money';

/** How a list of the resource is sorted at first, by one field. */
export function defaultSort(def: ResourceDef) {
  const [first = 'id'] = def.default_sort.split(',');
  return { field: first.replace(/^-/, ''), order: first.startsWith('-') ? ('DESC' as const) : ('ASC' as const) };
}

/** Fields that the server maintains. */
const kept = new Set(['id', 'version', 'created_at', 'updated_at', 'deleted_at']);

export const isKept = (field: FieldDef) => kept.has(field.name);

/** The address of a resource's list with these filters. */
export const listPath = (resource: string, filter: object) => `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

/** The id in an address; NaN if that is no id. */
export const idOf = (text = '') => (/^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN);

export const recordPath = (resource: string, id: number | string) => `/${resource}/${id}`;
