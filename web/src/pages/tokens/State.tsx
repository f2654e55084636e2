import { useReference } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';

/** Whether an API token works: it does not when it was revoked or has expired, or while its owner is inactive. */
export function State({ record }: { record: RecordData }) {
  const enabled = useMay()('staff:read');
  const { referenceRecord: owner, isPending } = useReference<RecordData>({ reference: 'staff', id: record.staff_id as number, options: { enabled, staleTime: 60_000 } });
  const expired = record.expires_at && Date.parse(String(record.expires_at as string)) <= Date.now();
  if (record.revoked_at) return <Chip value="" tone="red" label={t('Revoked')} />;
  if (expired) return <Chip value="" tone="grey" label={t('Expired')} />;
  if (enabled && isPending) return <span className="skeleton" style={{ width: 60 }} />;
  if (owner?.is_active === false) return <Chip value="" tone="amber" label={t('Owner is inactive')} />;
  return <Chip value="" tone="green" label={t('Active')} />;
}
