import { Link } from 'react-router';
import { ReferenceValue } from '@/engine/fields/ReferenceValue';
import { useDef } from '@/engine/record';
import { words } from '@/i18n/format';
import type { AuditEntry } from './audit';

/** What it was done to: what it is, and its name where it has one. */
export function Target({ entry: { resource, record_id: id } }: { entry: AuditEntry }) {
  const def = useDef(resource);
  if (!def) return <>{words(resource)} {id}</>;
  if (def.title_field === 'id') return <Link className="link" to={`/${resource}/${id}`}>{def.label} {id}</Link>;
  return <><span className="muted">{def.label}</span> <ReferenceValue resource={resource} id={id} /></>;
}
