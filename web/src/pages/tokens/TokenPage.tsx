import Button from '@mui/material/Button';
import { useRefresh } from 'ra-core';
import { api } from '@/api/http';
import type { RecordData } from '@/api/definitions';
import { Facts } from '@/engine/form/Facts';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { t } from '@/i18n/t';
import { Granted } from '@/pages/roles/Granted';
import { useMay } from '@/session/session';
import { toast } from '@/toast/toasts';
import { useAction } from '@/ui/useAction';
import { State } from './State';

/** An API token: what it may do, when it was used, and a button to revoke it. */
export default function TokenPage() {
  const may = useMay();
  return (
    <RecordFrame
      beside={(record) => <State record={record} />}
      actions={(record) => may('tokens:manage') && !record.revoked_at && <Revoke record={record} />}
    >
      {(record, def) => (
        <div className="stack">
          <Facts def={def} record={record} all />
          <section className="card">
            <header><h2>{t('Permissions')}</h2></header>
            <div className="card-body">
              {record.permissions ? <Granted permissions={record.permissions as string[]} /> : t('All permissions of its owner')}
            </div>
          </section>
        </div>
      )}
    </RecordFrame>
  );
}

function Revoke({ record }: { record: RecordData }) {
  const refresh = useRefresh();
  const { act, busy } = useAction(async () => {
    await api.delete(`/api-tokens/${record.id}`);
    toast(t('Token revoked'));
    refresh();
  });
  return <Button variant="outlined" color="error" disabled={busy} onClick={() => act()}>{t('Revoke')}</Button>;
}
