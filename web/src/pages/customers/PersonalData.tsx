import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import type { RecordData } from '@/api/definitions';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast } from '@/toast/toasts';
import { download } from '@/ui/download';
import { useAction } from '@/ui/useAction';

const EraseDialog = lazy(() => import('./EraseDialog'));

/** What data protection law requires: to give a person a copy of their data, and to erase it. */
export function PersonalData({ record }: { record: RecordData }) {
  const may = useMay();
  const [erasing, setErasing] = useState(false);
  const { act: save, busy } = useAction(async () => {
    const data = await api.get<unknown>(`/customers/${record.id}/personal-data`);
    download(`customer-${record.id}.json`, [JSON.stringify(data, null, 2)], 'application/json');
    toast(t('Personal data downloaded'));
  });
  const mayExport = may('data:export');
  const mayErase = may('customers:erase');
  if (!mayExport && !mayErase) return null;

  return (
    <section className="card" aria-labelledby="personal-data">
      <header><h2 id="personal-data">{t('Personal data')}</h2></header>
      <div className="card-body personal-data">
        <p className="muted">{t('Customers can ask for a copy of their personal data, or ask you to erase it. Their orders are kept for your accounts, without the name.')}</p>
        <span>
          {mayExport && <Button variant="outlined" disabled={busy} onClick={() => save()}>{t('Download a copy')}</Button>}
          {mayErase && <Button variant="outlined" color="error" onClick={() => setErasing(true)}>{t('Erase…')}</Button>}
        </span>
      </div>
      {erasing && <Suspense><EraseDialog record={record} onClose={() => setErasing(false)} /></Suspense>}
    </section>
  );
}
