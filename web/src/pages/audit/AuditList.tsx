import { useMemo } from 'react';
import Button from '@mui/material/Button';
import JsonIcon from '@mui/icons-material/DataObject';
import { useListContext } from 'ra-core';
import { prefix, queryString, type Query } from '@/api/http';
import { fieldOf, type FieldDef, type FieldType, type RecordData, type ResourceDef } from '@/api/definitions';
import { plainText } from '@/engine/fields/FieldValue';
import { cartLines, currencyIn, deedOf, deeds, labelOf, useAudited, type AuditEntry } from '@/engine/history/audit';
import { Who } from '@/engine/history/Who';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { useDefOf } from '@/engine/record';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay, useSession } from '@/session/session';
import { Target } from './Target';

const asEntry = (record: RecordData) => record as unknown as AuditEntry;

/** The audit log: every change that was ever made, and who made it. */
export function AuditList() {
  const def = useDefOf('audit-entries');
  const known = useMay()('staff:read');
  const { resources } = useSession().schema;
  const own = useMemo(() => forPeople(def, resources, known), [def, resources, known]);
  return <ResourceList def={own} columns={columns} selectable={false} sort={{ field: 'id', order: 'DESC' }} actions={<FullExport />} />;
}

/** Turns filters into choices: actions and resources from a list, and members of staff by name instead of by id. */
function forPeople(def: ResourceDef, resources: ResourceDef[], staffKnown: boolean): ResourceDef {
  const kinds = new Map(resources.filter((r) => r.history).map((r) => [r.name, r.label_plural]));
  kinds.set(cartLines, t('Cart lines'));
  const choices: Record<string, Partial<FieldDef>> = {
    action: { label: t('Action'), type: 'enum', enum: Object.keys(deeds), enum_labels: deeds },
    resource: { label: t('Record type'), type: 'enum', enum: [...kinds.keys()], enum_labels: Object.fromEntries(kinds) },
    created_at: { label: t('When') },
    actor_kind: { label: t('Made by'), enum_labels: { staff: 'Staff', token: 'API token', system: 'Storekeeper' } },
    record_id: { label: t('Record ID') },
    request_id: { label: t('Request ID') },
    ip: { label: t('IP address') },
    user_agent: { label: t('Browser'), unasked: true },
    ...(staffKnown && {
      staff_id: { label: t('Staff member'), type: 'reference', reference: 'staff' },
      actor: { unasked: true },
      staff_email: { unasked: true },
    }),
  };
  const fields = [...def.fields.map((field) => ({ ...field, ...choices[field.name] })), changedField(def, resources)];
  const place = ({ name }: FieldDef) => (asked.includes(name) ? asked.indexOf(name) : asked.length);
  return { ...def, fields: fields.sort((a, b) => place(a) - place(b)) };
}

/** The filters that people need most, in this order. */
const asked = ['created_at', 'staff_id', 'resource', 'action', 'field'];

/** The filter by the changed field, such as price. It offers all fields that people or operations change. */
function changedField(def: ResourceDef, resources: ResourceDef[]): FieldDef {
  const labels = new Map<string, string>();
  for (const { name, type, label, updatable } of resources.filter((r) => r.history).flatMap((r) => r.fields)) {
    if ((updatable || byOperation.has(name)) && type !== 'json' && !labels.has(name)) labels.set(name, label);
  }
  const names = [...labels.keys()].sort((a, b) => labels.get(a)!.localeCompare(labels.get(b)!));
  const pattern = def.fields.find((f) => f.type === 'string')!;
  return { ...pattern, name: 'field', label: t('Changed field'), type: 'enum', filters: ['field'], enum: names, enum_labels: Object.fromEntries(labels), parameter: true };
}

const byOperation = new Set(['status', 'stock', 'delivery_address']);

function columns(generic: Column[]): Column[] {
  const own = ['field', 'created_at', 'actor', 'action', 'resource', 'record_id', 'changes', 'id'];
  return [
    { key: 'created_at', label: t('When'), sortBy: generic.find((c) => c.key === 'created_at')?.sortBy, primary: true, render: (r) => dateTime(asEntry(r).created_at) },
    { key: 'actor', label: t('Who'), late: true, render: (r) => <Who entry={asEntry(r)} /> },
    { key: 'action', label: t('Action'), render: (r) => deedOf(asEntry(r).action) },
    { key: 'resource', label: t('Record'), late: 'broad', render: (r) => <Target entry={asEntry(r)} /> },
    { key: 'changes', label: t('Changed'), long: true, render: (r) => <Fields entry={asEntry(r)} /> },
    ...generic.filter((c) => !own.includes(c.key)).map((c) => ({ ...c, primary: false, hidden: true })),
  ];
}

/** The changed fields, with short values, so that people who look for a price need not open each entry. */
function Fields({ entry: { resource, action, changes } }: { entry: AuditEntry }) {
  const def = useAudited(resource);
  const told = (changes ?? []).map((change) => {
    const label = labelOf(def, change.field);
    const field = def && fieldOf(def, change.field);
    if (!field || change.secret || change.erased || action === 'create' || !short.has(field.type)) return label;
    const value = (one: unknown) => (one === null && field.none) || plainText(field, one, currencyIn(changes));
    return change.before === null ? `${label} ${value(change.after)}` : `${label} ${value(change.before)} → ${value(change.after)}`;
  });
  return <span className="muted">{told.join(', ') || '–'}</span>;
}

const short = new Set<FieldType>(['money', 'integer', 'number', 'boolean', 'enum']);

/** Downloads all entries that match the filters, as JSON Lines. */
function FullExport() {
  const { filterValues } = useListContext();
  const address = (format: string) => `${prefix}/audit-entries/export${queryString({ ...(filterValues as Query), format })}`;
  return <Button startIcon={<JsonIcon />} href={address('jsonl')} download>{t('Export as JSON Lines')}</Button>;
}
