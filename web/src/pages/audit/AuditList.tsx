import Button from '@mui/material/Button';
import JsonIcon from '@mui/icons-material/DataObject';
import { useListContext } from 'ra-core';
import { Link } from 'react-router';
import { prefix, queryString, type Query } from '@/api/http';
import type { RecordData } from '@/api/definitions';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { useDef } from '@/engine/record';
import { dateTime, words } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { AuditEntry } from './audit';

const asEntry = (record: RecordData) => record as unknown as AuditEntry;

/** Who did what: everything that was ever changed. */
export function AuditList() {
  return <ResourceList columns={columns} selectable={false} sort={{ field: 'id', order: 'DESC' }} actions={<FullExport />} />;
}

function columns(generic: Column[]): Column[] {
  const own = ['created_at', 'actor', 'action', 'resource', 'record_id', 'changes', 'id'];
  return [
    { key: 'created_at', label: t('When'), sortBy: generic.find((c) => c.key === 'created_at')?.sortBy, primary: true, render: (r) => dateTime(asEntry(r).created_at) },
    { key: 'actor', label: t('Who'), render: (r) => asEntry(r).staff_email ?? asEntry(r).actor },
    { key: 'action', label: t('Did'), render: (r) => words(asEntry(r).action) },
    { key: 'resource', label: t('To'), render: (r) => <Target entry={asEntry(r)} /> },
    { key: 'changes', label: t('Changed'), render: (r) => <Fields entry={asEntry(r)} /> },
    ...generic.filter((c) => !own.includes(c.key)).map((c) => ({ ...c, primary: false, hidden: true })),
  ];
}

export function Target({ entry }: { entry: AuditEntry }) {
  const def = useDef(entry.resource);
  if (!def) return <>{words(entry.resource)} {entry.record_id}</>;
  return <Link className="link" to={`/${entry.resource}/${entry.record_id}`}>{def.label} {entry.record_id}</Link>;
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
