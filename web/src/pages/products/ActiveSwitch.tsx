import { useState } from 'react';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { toastError } from '@/toast/toasts';
import { Chip } from '@/ui/Chip';
import { useInlineUpdate } from './useInlineUpdate';

/** Shows whether a product can be sold; a click changes it. */
export function ActiveSwitch({ record }: { record: RecordData }) {
  const active = record.is_active === true;
  const name = String(record.name as string);
  const update = useInlineUpdate();
  const [busy, setBusy] = useState(false);
  const toggle = async () => {
    if (busy) return;
    setBusy(true);
    const refused = await update(record, 'is_active', !active, active ? t('{name} is now inactive', { name }) : t('{name} is now active', { name }));
    if (refused) toastError(refused.error);
    setBusy(false);
  };
  return (
    <button role="switch" aria-checked={active} aria-busy={busy} aria-label={t('{name} can be sold', { name })} className="active-switch" onClick={toggle}>
      <Chip value="" tone={active ? 'green' : 'grey'} label={active ? t('Active') : t('Inactive')} />
    </button>
  );
}
