import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import type { RecordData } from '@/api/definitions';
import { api } from '@/api/http';
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';

const EraseDialog = lazy(() => import('./EraseDialog'));

/** What data protection law asks for: a copy of what is known of a person, and to forget them. */
export function PersonalData({ record }: { record: RecordData }) {
  const may = useMay();
  const [erasing, setErasing] = useState(false);
  const [busy, setBusy] = useState(false);
  const mayExport = may('data:export');
  const mayErase = may('customers:erase');
  if (!mayExport && !mayErase) return null;

  const save = async () => {
    setBusy(true);
    try {
      download(await api.get<unknown>(`/customers/${record.id}/personal-data`), `customer-${record.id}.json`);
      toast(t('The personal data is downloaded'));
    } catch (error) {
      if (isProblem(error, 'not_found')) toast(t('This server cannot export personal data.'), 'error');
      else toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card" aria-labelledby="personal-data">
      <header><h2 id="personal-data">{t('Personal data')}</h2></header>
      <div className="card-body personal-data">
        <p className="muted">{t('On request a person gets a copy of everything the shop knows of them, or is forgotten. Orders stay for the books, without a name.')}</p>
        <span>
          {mayExport && <Button variant="outlined" disabled={busy} onClick={save}>{t('Download a copy')}</Button>}
          {mayErase && <Button variant="outlined" color="error" onClick={() => setErasing(true)}>{t('Erase…')}</Button>}
        </span>
      </div>
      {erasing && <Suspense><EraseDialog record={record} onClose={() => setErasing(false)} /></Suspense>}
    </section>
  );
}

function download(data: unknown, name: string) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
