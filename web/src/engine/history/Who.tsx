import { useReference } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { useMay } from '@/session/session';
import type { AuditEntry } from './audit';

/** Who made a change: by name, if the person may read staff, and with the API token, if one was used. */
export function Who({ entry }: { entry: AuditEntry }) {
  const enabled = useMay()('staff:read') && entry.staff_id !== null;
  const { referenceRecord, isPending } = useReference<RecordData>({ reference: 'staff', id: entry.staff_id ?? 0, options: { enabled, staleTime: 60_000 } });
  if (enabled && isPending) return <span className="skeleton" style={{ width: 80 }} />;
  const email = entry.staff_email ?? '';
  if (!referenceRecord) return <>{entry.actor}</>;
  const token = entry.actor.startsWith(`${email} (`) ? entry.actor.slice(email.length) : '';
  return <span title={email}>{String(referenceRecord.name as string)}{token}</span>;
}
