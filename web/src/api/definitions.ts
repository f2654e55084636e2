import { words } from '@/i18n/format';
import { t } from '@/i18n/t';

/** The answer of `GET /api/v1/schema`, from which the screens are built at run time. */

export type FieldType =
  | 'string' | 'text' | 'integer' | 'number' | 'money'
  | 'boolean' | 'datetime' | 'enum' | 'reference' | 'strings' | 'json';

export interface FieldDef {
  name: string;
  label: string;
  description: string;
  none: string; // what null means, if that is not obvious
  type: FieldType;
  required: boolean;
  nullable: boolean;
  creatable: boolean;
  updatable: boolean;
  computed: boolean;
  min_length: number | null;
  max_length: number | null;
  pattern: string;
  max_items: number | null;
  format: '' | 'slug' | 'email'; // the name of a well-known pattern
  minimum: number | null;
  maximum: number | null;
  enum: string[];
  enum_labels?: Record<string, string>; // where the value itself would not say enough
  reference: string;
  default: unknown;
  searchable: boolean;
  sortable: boolean;
  filterable: boolean;
  indexed: boolean;
  filters: string[];
  unasked?: true; // no filter by it is offered on this screen
  parameter?: true; // a filter of one value, and no field of the records
}

export type Operation = 'list' | 'get' | 'create' | 'update' | 'delete' | 'restore' | 'bulk' | 'import';

export interface ResourceDef {
  name: string;
  entity: string;
  label: string;
  label_plural: string;
  group: string;
  icon: string;
  title_field: string;
  default_sort: string;
  import_key: string; // the field by which an import identifies records; empty if there is none
  soft_delete: boolean;
  versioned: boolean;
  history: boolean; // records can change after they are made, and the audit log tells how
  operations: Operation[];
  fields: FieldDef[];
}

export interface SchemaDef {
  currency: string;
  minor_units: Record<string, number>; // the number of decimal digits, for currencies that do not have two
  resources: ResourceDef[];
}

/** A record of any resource, as the API answers it. */
export interface RecordData {
  id: number;
  version?: number;
  deleted_at?: string | null;
  [field: string]: unknown;
}

/** Operations of the API that are not generated; the schema lists the generated ones only. */
const handMade: Record<string, Operation[]> = { 'api-tokens': ['create'] };

export const offers = (def: ResourceDef, op: Operation) =>
  def.operations.includes(op) || (handMade[def.name]?.includes(op) ?? false);

/** The label of a value of an enum. */
export const enumLabel = (field: FieldDef, value: string) => t(field.enum_labels?.[value] ?? words(value));

export const fieldOf = (def: ResourceDef, name: string) => def.fields.find((f) => f.name === name);

export const canSort = (def: ResourceDef, name: string) => fieldOf(def, name)?.sortable ?? false;

/** The field that identifies the records of a resource in files; undefined if it has none. */
export const keyOf = (resource: string, resources: ResourceDef[]) => resources.find((r) => r.name === resource)?.import_key;

/** The column with the keys of the referenced records: category, while category_id has their ids. */
export const keyColumn = ({ name }: FieldDef) => name.replace(/_id$/, '');
