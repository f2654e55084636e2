import type { FieldDef, RecordData, ResourceDef } from '@/api/definitions';
import type { Values } from './useSave';

/** The fields that a form of a new or an existing record can set. */
export const formFields = (def: ResourceDef, existing: boolean) =>
  def.fields.filter((f) => (existing ? f.updatable : f.creatable) && !f.computed);

/** Whether the field is a switch. A field that may be null is a select, because a switch has only two states. */
export const isSwitch = ({ type, nullable }: FieldDef) => type === 'boolean' && !nullable;

export const isWide = (field: FieldDef) => ['text', 'strings', 'json'].includes(field.type) || (field.max_length ?? 0) > 200;

/** The initial values of a form. */
export function valuesOf(fields: FieldDef[], record?: RecordData): Values {
  return Object.fromEntries(fields.map((f) => [f.name, record ? record[f.name] : (f.default ?? blank(f))]));
}

/** The value of a field in which nothing was typed. */
export const blank = (field: FieldDef) => (field.nullable ? null : field.type === 'boolean' ? false : ['string', 'text', 'enum'].includes(field.type) ? '' : null);
