import { useState } from 'react';
import { useRefresh } from 'ra-core';
import { api } from '@/api/http';
import { isProblem } from '@/api/problem';
import type { ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { Named } from '@/engine/fields/Named';
import { useMay } from '@/session/session';
import { recordKey, toast } from '@/toast/toasts';
import { canBeUndone, labelOf, type AuditEntry } from './audit';
import { Diff } from './Diff';
import { whyOf } from './whyOf';

interface Since {
  field: string;
  audited: unknown;
  now: unknown;
}

/** Reverts an audit entry: whether this person can, the action, and why the server refused it. */
export function useRevert(entry: AuditEntry, def: ResourceDef | undefined, onDone?: () => void) {
  const may = useMay();
  const refresh = useRefresh();
  const [failure, setFailure] = useState('');
  const [since, setSince] = useState<Since[]>([]);
  const [busy, setBusy] = useState(false);
  const can = may('audit:revert') && canBeUndone(entry, def) && may(`${entry.resource}:${entry.action === 'delete' || entry.action === 'restore' ? 'delete' : 'update'}`);

  const revert = async () => {
    setBusy(true);
    setFailure('');
    setSince([]);
    try {
      const { reverted } = await api.post<{ reverted: string[] }>(`/audit-entries/${entry.id}/revert`);
      toast(t('Reverted: {fields}', { fields: reverted.map((field) => labelOf(def, field)).join(', ') }), 'success', undefined, [recordKey(entry.resource, entry.record_id)]);
      refresh();
      if (onDone) onDone(); // leaves the page; until then, the button stays disabled
      else setBusy(false);
    } catch (error) {
      const changed = (isProblem(error) && (error.body.changed_since as Since[] | undefined)) || [];
      setSince(changed);
      setFailure(changed.length > 0 ? t('Not reverted: this was changed again later.') : whyOf(error, def));
      setBusy(false);
    }
  };
  const refusal = (
    <>
      {failure && <div className="form-error" role="alert"><Named text={failure} /></div>}
      {since.length > 0 && (
        <div>
          <p className="strong">{t('Changed since then')}</p>
          <Diff def={def} changes={since.map((s) => ({ field: s.field, before: s.audited, after: s.now }))} />
        </div>
      )}
    </>
  );
  return { can, revert, busy, refusal };
}
