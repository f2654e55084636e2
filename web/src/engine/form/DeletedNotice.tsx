import Button from '@mui/material/Button';
import { useRefresh } from 'ra-core';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { api } from '@/api/http';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { recordKey, toast } from '@/toast/toasts';
import { useAction } from '@/ui/useAction';
import { Facts } from './Facts';

/** A deleted record can be read and restored, not changed. */
export function DeletedNotice({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay()(`${def.name}:delete`);
  const refresh = useRefresh();
  const { act, busy } = useAction(async () => {
    await api.post(`/${def.name}/${record.id}/restore`);
    refresh();
    toast(t('Restored'), 'success', undefined, [recordKey(def.name, record.id)]);
  });
  return (
    <div className="stack">
      <div className="form-error" role="status" style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1 }}>{t('Deleted on {date}. It can be restored.', { date: dateTime(record.deleted_at ?? '') })}</span>
        {may && <Button variant="outlined" disabled={busy} onClick={() => act()}>{t('Restore')}</Button>}
      </div>
      <Facts def={def} record={record} all />
    </div>
  );
}
