import { useMemo } from 'react';
import Button from '@mui/material/Button';
import JsonIcon from '@mui/icons-material/DataObject';
import { useListContext } from 'ra-core';
import { prefix, queryString, type Query } from '@/api/http';
import type { RecordData, ResourceDef } from '@/api/definitions';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { useDef, useDefOf } from '@/engine/record';
import { dateTime, words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import type { AuditEntry } from './audit';
import { Target } from './Target';
import { Who } from './Who';

const asEntry = (record: RecordData) => record as unknown as AuditEntry;

/** Who did what: everything that was ever changed. */
export function AuditList() {
  const def = useDefOf('audit-entries');
  const known = useMay()('staff:read');
  const own = useMemo(() => (known ? byStaff(def) : def), [def, known]);
  return <ResourceList def={own} columns={columns} selectable={false} sort={{ field: 'id', order: 'DESC' }} actions={<FullExport />} />;
}

/** Members of staff are chosen by name, not by the range of their ids. */
const byStaff = (def: ResourceDef): ResourceDef => ({
  ...def,
  fields: def.fields.map((field) => (field.name === 'staff_id' ? { ...field, label: t('Member of staff'), type: 'reference', reference: 'staff' } : field)),
});

function columns(generic: Column[]): Column[] {
  const own = ['created_at', 'actor', 'action', 'resource', 'record_id', 'changes', 'id'];
  return [
    { key: 'created_at', label: t('When'), sortBy: generic.find((c) => c.key === 'created_at')?.sortBy, primary: true, render: (r) => dateTime(asEntry(r).created_at) },
    { key: 'actor', label: t('Who'), late: true, render: (r) => <Who entry={asEntry(r)} /> },
    { key: 'action', label: t('Did'), render: (r) => words(asEntry(r).action) },
    { key: 'resource', label: t('To'), late: 'broad', render: (r) => <Target entry={asEntry(r)} /> },
    { key: 'changes', label: t('Changed'), render: (r) => <Fields entry={asEntry(r)} /> },
    ...generic.filter((c) => !own.includes(c.key)).map((c) => ({ ...c, primary: false, hidden: true })),
  ];
}

function Fields({ entry }: { entry: AuditEntry }) {
  const def = useDef(entry.resource);
  const labels = (entry.changes ?? []).map((c) => def?.fields.find((f) => f.name === c.field)?.label ?? words(c.field));
  return <span className="muted">{labels.join(', ') || '–'}</span>;
}

/** Everything that the filters match, from the server, as CSV or as JSON lines. */
function FullExport() {
  const { filterValues } = useListContext();
  const address = (format: string) => `${prefix}/audit-entries/export${queryString({ ...(filterValues as Query), format })}`;
  return <Button startIcon={<JsonIcon />} href={address('jsonl')} download>{t('JSON lines')}</Button>;
}
