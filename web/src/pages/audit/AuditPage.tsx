import { useState } from 'react';
import Button from '@mui/material/Button';
import UndoIcon from '@mui/icons-material/Undo';
import { useRefresh } from 'ra-core';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/http';
import { isProblem, messageOf } from '@/api/problem';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast } from '@/toast/toasts';
import { canBeUndone, deedOf, doneBy, labelOf, useAudited, type AuditEntry } from './audit';
import { Diff } from './Diff';
import { Target } from './Target';
import { Who } from './Who';

interface Since {
  field: string;
  audited: unknown;
  now: unknown;
}

/** One entry of the audit log, and its revert. */
export default function AuditPage() {
  return <RecordFrame>{(record) => <Entry entry={record as unknown as AuditEntry} />}</RecordFrame>;
}

function Entry({ entry }: { entry: AuditEntry }) {
  const def = useAudited(entry.resource);
  const may = useMay();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [failure, setFailure] = useState('');
  const [since, setSince] = useState<Since[]>([]);
  const [busy, setBusy] = useState(false);
  const canRevert = may('audit:revert') && canBeUndone(entry, def) && may(`${entry.resource}:${entry.action === 'delete' || entry.action === 'restore' ? 'delete' : 'update'}`);

  const revert = async () => {
    setBusy(true);
    setFailure('');
    setSince([]);
    try {
      const { reverted } = await api.post<{ reverted: string[] }>(`/audit-entries/${entry.id}/revert`);
      toast(t('Taken back: {fields}', { fields: reverted.map((field) => labelOf(def, field)).join(', ') }));
      refresh();
      void navigate(`/${entry.resource}/${entry.record_id}`);
    } catch (error) {
      const changed = (isProblem(error) && (error.body.changed_since as Since[] | undefined)) || [];
      setSince(changed);
      setFailure(changed.length > 0 ? t('It was changed again since then, and is left as it is.') : messageOf(error));
      setBusy(false);
    }
  };
  return (
    <div className="columns">
      <section className="card">
        <header>
          <h2>{t('What changed')}</h2>
          {canRevert && <Button sx={{ ml: 'auto' }} variant="outlined" startIcon={<UndoIcon />} disabled={busy} onClick={revert}>{t('Take it back')}</Button>}
        </header>
        <div className="card-body stack">
          {failure && <div className="form-error" role="alert">{failure}</div>}
          {since.length > 0 && (
            <div>
              <p className="strong">{t('Then and now')}</p>
              <Diff def={def} changes={since.map((s) => ({ field: s.field, before: s.audited, after: s.now }))} />
            </div>
          )}
          {entry.changes.length > 0 ? <Diff changes={entry.changes} def={def} isNew={entry.action === 'create'} /> : <span className="muted">{t('No field was changed.')}</span>}
        </div>
      </section>
      <aside className="card">
        <div className="card-body">
          <dl className="facts">
            <dt>{t('Who')}</dt><dd><Who entry={entry} /></dd>
            <dt>{t('When')}</dt><dd>{dateTime(entry.created_at)}</dd>
            <dt>{t('Did')}</dt><dd>{deedOf(entry.action)}</dd>
            <dt>{t('To')}</dt><dd><Target entry={entry} /></dd>
            {entry.ip && <><dt>{t('From')}</dt><dd>{entry.ip}</dd></>}
            {entry.request_id && <><dt>{t('Request')}</dt><dd>{entry.request_id}</dd></>}
            {entry.user_agent && <><dt>{t('Browser')}</dt><dd>{entry.user_agent}</dd></>}
          </dl>
          {entry.staff_id !== null && <p><Link className="link" to={doneBy(entry.staff_id)}>{t('All that they did')}</Link></p>}
        </div>
      </aside>
    </div>
  );
}
