import { useStore } from 'ra-core';
import type { ReactNode } from 'react';
import type { FieldType, RecordData, ResourceDef } from '@/api/definitions';
import { FieldValue } from '../fields/FieldValue';
import { isNumeric, recordTitle } from '../record';

/** A column of a list. */
export interface Column {
  key: string;
  label: string;
  render: (record: RecordData) => ReactNode;
  sortBy?: string; // field by which the server sorts
  end?: boolean; // right-aligned: numbers
  long?: boolean; // text of any length, cut off where the list has no room for it
  primary?: boolean; // names the record and links to it
  heads?: boolean; // says on a phone what the record is about, when its title does not
  bare?: boolean; // needs no label on a phone
  wide?: boolean; // left out on a phone
  spare?: boolean; // left out where there is little room, as on a tablet, unless the person chose it
  late?: boolean | 'broad' | 'narrow'; // has a fixed width: its values arrive after the rows, which must not move then
  hidden?: boolean; // not shown until a person asks for it
}

const shownAtFirst = 8;
const lengthy = new Set<FieldType>(['string', 'text', 'strings', 'json']);
const quiet = new Set(['id', 'version', 'created_at', 'deleted_at', 'currency']);

/** The classes that say how wide a column is and when it is left out. */
export const widthClass = ({ late, spare }: Column) =>
  [late && 'late', typeof late === 'string' && late, spare && 'spare'].filter(Boolean).join(' ');

/** The columns of a list, from the definitions of its resource. */
export function columnsOf(def: ResourceDef): Column[] {
  let shown = 0;
  const severalEnums = def.fields.filter((f) => f.type === 'enum').length > 1; // then a value alone does not tell its field
  const inOrder = [...def.fields].sort((a, b) => Number(b.name === def.title_field) - Number(a.name === def.title_field));
  return inOrder.map((field) => {
    const primary = field.name === def.title_field;
    const hidden = !primary && (quiet.has(field.name) || field.type === 'text' || field.type === 'json' || ++shown > shownAtFirst);
    return {
      key: field.name,
      label: field.label,
      sortBy: field.sortable ? field.name : undefined,
      end: isNumeric(field) && !primary,
      long: lengthy.has(field.type),
      primary,
      hidden,
      bare: (field.type === 'enum' && !severalEnums) || field.name === 'is_active',
      wide: field.type === 'datetime',
      spare: field.type === 'datetime' && !field.creatable && !field.updatable, // set by the server alone
      late: field.type === 'reference',
      render: (record) => (primary ? nameOf(def, record) : <FieldValue field={field} record={record} />),
    };
  });
}

/** The record's title; just the id where a label such as 'Inventory movement' would stand in every row. */
const nameOf = (def: ResourceDef, record: RecordData) => (def.title_field === 'id' ? String(record.id) : recordTitle(def, record));

/** Which of the columns a person sees, in this browser. */
export function useColumns(resource: string, all: Column[]) {
  const [chosen, choose] = useStore<Record<string, boolean>>(`${resource}.shown`, {});
  const isShown = (column: Column) => column.primary || (chosen[column.key] ?? !column.hidden);
  return {
    shown: all.filter(isShown).map((column) => (chosen[column.key] ? { ...column, spare: false } : column)),
    isShown,
    toggle: (column: Column) => choose({ ...chosen, [column.key]: !isShown(column) }),
    reset: () => choose({}),
  };
}
