import { enumLabel, type FieldDef, type ResourceDef } from '@/api/definitions';
import { listItems } from '@/api/http';
import { date } from '@/i18n/format';
import { t } from '@/i18n/t';
import { plainText } from '../fields/FieldValue';

/** The values of a list's query parameters, by name. */
export type Filters = Record<string, unknown>;

const present = (value: unknown) => value !== undefined && value !== null && value !== '';

const filterableFields = (def: ResourceDef) => def.fields.filter((f) => f.filters.length > 0);

/** Fields that are not offered as filters, although an address may filter by them. */
const unasked = new Set(['id', 'version', 'currency']);

/** The fields that a person can choose to filter by. */
export const offeredFields = (def: ResourceDef) => filterableFields(def).filter((f) => !unasked.has(f.name) && !f.unasked);

/** The fields by which the list is filtered now. */
export const filteredFields = (def: ResourceDef, filters: Filters) =>
  filterableFields(def).filter((f) => f.filters.some((param) => present(filters[param])));

/** The filters without those of a field. */
export function without(field: FieldDef, filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([param]) => !field.filters.includes(param)));
}

/** A field's filter in words, for its chip. For references the chip shows ReferenceNames instead. */
export function describeFilter(field: FieldDef, filters: Filters): string {
  const value = (suffix: string) => filters[field.name + suffix];
  const text = (v: unknown) => (field.type === 'datetime' ? date(String(v as string)) : plainText(field, v));
  const empty = value('_null');
  if (present(empty)) return String(empty as string) === 'true' ? t('{label} is empty', { label: field.label }) : t('{label} is not empty', { label: field.label });
  if (present(value(''))) {
    return `${field.label}: ${itemsOf(field, String(value('') as string)).join(', ')}`;
  }
  const from = value('_gte') ?? value('_gt');
  const to = value('_lt') ?? value('_lte');
  if (present(from) && present(to)) {
    const [first, last] = [text(from), text(lastOf(field, to))];
    return first === last ? `${field.label}: ${first}` : t('{label} {from} to {to}', { label: field.label, from: first, to: last });
  }
  return present(from)
    ? t('{label} from {from}', { label: field.label, from: text(from) })
    : t('{label} up to {to}', { label: field.label, to: text(lastOf(field, to)) });
}

/** The last day of a period. Its bound is exclusive: the start of the next day. */
const lastOf = (field: FieldDef, to: unknown) =>
  field.type === 'datetime' ? new Date(Date.parse(String(to as string)) - 1).toISOString() : to;

function itemsOf(field: FieldDef, list: string): string[] {
  if (field.type === 'string') return listItems(list);
  const numeric = ['integer', 'number', 'money'].includes(field.type);
  return list.split(',').map((item) => {
    if (field.type === 'enum') return enumLabel(field, item);
    if (field.type === 'boolean') return yesNo(item);
    return field.type === 'datetime' ? date(item) : plainText(field, numeric ? Number(item) : item);
  });
}

const yesNo = (value: string) => (value === 'true' ? t('Yes') : t('No'));
