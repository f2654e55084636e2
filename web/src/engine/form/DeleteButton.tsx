import { useState } from 'react';
import Button from '@mui/material/Button';
import DeleteIcon from '@mui/icons-material/DeleteOutlineOutlined';
import { useRefresh } from 'ra-core';
import { useNavigate } from 'react-router';
import { ifMatch } from '@/api/dataProvider';
import { offers, type RecordData, type ResourceDef } from '@/api/definitions';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { recordKey, toast, toastError } from '@/toast/toasts';
import { useWayBack } from '../list/queue';
import { recordTitle } from '../record';

/** Deletes without asking, because it can be undone. */
export function DeleteButton({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay()(`${def.name}:delete`) && offers(def, 'delete');
  const navigate = useNavigate();
  const list = useWayBack(def.name, record.id) ?? `/${def.name}`;
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  if (!may) return null;

  const restore = async () => {
    await api.post(`/${def.name}/${record.id}/restore`);
    refresh();
    toast(t('{title} restored', { title: recordTitle(def, record) }));
  };
  const remove = async () => {
    setBusy(true);
    try {
      await api.delete(`/${def.name}/${record.id}`, ifMatch(record));
      await navigate(list, { state: { back: true } });
      refresh();
      toast(t('{title} deleted', { title: recordTitle(def, record) }), 'success', offers(def, 'restore') ? { label: t('Undo'), run: restore } : undefined, [recordKey(def.name, record.id)]);
    } catch (error) {
      setBusy(false);
      toastError(error);
    }
  };
  return <Button color="error" startIcon={<DeleteIcon />} disabled={busy} onClick={remove}>{t('Delete')}</Button>;
}
