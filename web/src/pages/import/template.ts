import type { FieldDef, ResourceDef } from '@/api/definitions';
import { moneyText } from '@/i18n/format';
import { csvText } from '@/engine/list/exportCsv';
import { isKept } from '@/engine/record';
import { plainHeading } from './csvFile';

const mayWrite = (field: FieldDef) => !isKept(field) && field.type !== 'json' && (field.creatable || field.updatable);

/** A file to begin with: the columns that an import takes, and a row that shows what goes into them. */
export function templateOf(def: ResourceDef, resources: ResourceDef[]): string {
  const columns = def.fields.filter(mayWrite).map((field) => ({ name: nameOf(field, resources), field }));
  return csvText([columns.map((c) => c.name), columns.map((c) => exampleOf(def, c.field))]);
}

/** What the columns of each field may be called, in whatever letters: its name, or its label on screen. */
export const headingsOf = (def: ResourceDef, resources: ResourceDef[]) => new Map(def.fields.filter((field) => field.type !== 'json').flatMap((field) => {
  const name = nameOf(field, resources);
  return [[plainHeading(field.label), name], [plainHeading(field.name), field.name], [plainHeading(name), name]] as const;
}));

/** A reference is easier to write by the key of what it refers to, where that has one. */
const nameOf = (field: FieldDef, resources: ResourceDef[]) =>
  field.type === 'reference' && keyOf(field.reference, resources) ? field.name.replace(/_id$/, '') : field.name;

const keyOf = (resource: string, resources: ResourceDef[]) => resources.find((r) => r.name === resource)?.import_key;

const examples: Record<string, string> = { slug: 'garden-chairs', email: 'name@example.com', sku: 'ABC-0001', name: 'An example to be overwritten' };

function exampleOf(def: ResourceDef, field: FieldDef): string {
  if (field.type === 'reference') return field.required ? (examples[field.name] ?? 'garden-chairs') : '';
  if (!field.required && field.name !== def.import_key) return field.default === null || field.default === undefined ? '' : plain(field, field.default);
  return examples[field.format] ?? examples[field.name] ?? plain(field, field.type === 'money' ? 1990 : field.type === 'integer' ? 1 : field.enum[0] ?? 'text');
}

const plain = (field: FieldDef, value: unknown) =>
  field.type === 'money' && typeof value === 'number' ? moneyText(value, 'en') : String(value as string | number | boolean);
