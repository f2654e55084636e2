import Button from '@mui/material/Button';
import { useRefresh } from 'ra-core';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { api } from '@/api/http';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { Facts } from './Facts';

/** A deleted record can be read and restored, not changed. */
export function DeletedNotice({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay()(`${def.name}:delete`);
  const refresh = useRefresh();
  const restore = async () => {
    try {
      await api.post(`/${def.name}/${record.id}/restore`);
      refresh();
      toast(t('Restored'));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div className="stack">
      <div className="form-error" role="status" style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1 }}>{t('Deleted on {date}. It can be restored.', { date: dateTime(record.deleted_at ?? '') })}</span>
        {may && <Button variant="outlined" onClick={restore}>{t('Restore')}</Button>}
      </div>
      <Facts def={def} record={record} all />
    </div>
  );
}
