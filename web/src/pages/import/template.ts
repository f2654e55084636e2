import { keyColumn, keyOf, type FieldDef, type ResourceDef } from '@/api/definitions';
import { csvText, moneyCell } from '@/ui/csv';
import { isKept } from '@/engine/record';
import { plainHeading } from './csvFile';

const mayWrite = (field: FieldDef) => !isKept(field) && field.type !== 'json' && (field.creatable || field.updatable);

/** A file to start from: the columns that an import takes, and an example row. */
export function templateOf(def: ResourceDef, resources: ResourceDef[]): string {
  const columns = def.fields.filter(mayWrite).map((field) => ({ name: nameOf(field, resources), field }));
  return csvText([columns.map((c) => c.name), columns.map((c) => exampleOf(def, c.field))]);
}

/** The name of each column by its possible headings, in plain form: the field's name or its label on screen. */
export const headingsOf = (def: ResourceDef, resources: ResourceDef[]) => new Map(def.fields.filter((field) => field.type !== 'json').flatMap((field) => {
  const name = nameOf(field, resources);
  return [[plainHeading(field.label), name], [plainHeading(field.name), field.name], [plainHeading(name), name]] as const;
}));

/** The column's name. A reference is written as the key of its record, which is easier than an id, if the resource has one. */
const nameOf = (field: FieldDef, resources: ResourceDef[]) =>
  field.type === 'reference' && keyOf(field.reference, resources) ? keyColumn(field) : field.name;

const examples: Record<string, string> = { slug: 'garden-chairs', email: 'name@example.com', sku: 'ABC-0001', name: 'An example to be overwritten' };

function exampleOf(def: ResourceDef, field: FieldDef): string {
  if (field.type === 'reference') return field.required ? (examples[field.name] ?? 'garden-chairs') : '';
  if (!field.required && field.name !== def.import_key) return field.default === null || field.default === undefined ? '' : plain(field, field.default);
  return examples[field.format] ?? examples[field.name] ?? plain(field, field.type === 'money' ? 1990 : field.type === 'integer' ? 1 : field.enum[0] ?? 'text');
}

const plain = (field: FieldDef, value: unknown) =>
  field.type === 'money' && typeof value === 'number' ? moneyCell(value) : String(value as string | number | boolean);
