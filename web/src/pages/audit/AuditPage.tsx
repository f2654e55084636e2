import Button from '@mui/material/Button';
import UndoIcon from '@mui/icons-material/Undo';
import { Link, useNavigate } from 'react-router';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { deedOf, doneBy, isBeginning, useAudited, type AuditEntry } from '@/engine/history/audit';
import { Diff } from '@/engine/history/Diff';
import { useRevert } from '@/engine/history/useRevert';
import { Who } from '@/engine/history/Who';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Target } from './Target';

/** One entry of the audit log, which can be reverted here. */
export default function AuditPage() {
  return <RecordFrame>{(record) => <Entry entry={record as unknown as AuditEntry} />}</RecordFrame>;
}

function Entry({ entry }: { entry: AuditEntry }) {
  const def = useAudited(entry.resource);
  const navigate = useNavigate();
  const { can, revert, busy, refusal } = useRevert(entry, def, () => void navigate(`/${entry.resource}/${entry.record_id}`));
  return (
    <div className="columns">
      <section className="card">
        <header>
          <h2>{t('What changed')}</h2>
          {can && <Button sx={{ ml: 'auto' }} variant="outlined" startIcon={<UndoIcon />} disabled={busy} onClick={revert}>{t('Revert')}</Button>}
        </header>
        <div className="card-body stack">
          {refusal}
          {entry.changes.length > 0 ? <Diff changes={entry.changes} def={def} isNew={isBeginning(entry)} /> : <span className="muted">{t('No fields were changed.')}</span>}
        </div>
      </section>
      <aside className="card">
        <div className="card-body">
          <dl className="facts">
            <dt>{t('Who')}</dt><dd><Who entry={entry} /></dd>
            <dt>{t('When')}</dt><dd>{dateTime(entry.created_at)}</dd>
            <dt>{t('Action')}</dt><dd>{deedOf(entry.action)}</dd>
            <dt>{t('Record')}</dt><dd><Target entry={entry} /></dd>
            {entry.ip && <><dt>{t('IP address')}</dt><dd>{entry.ip}</dd></>}
            {entry.request_id && <><dt>{t('Request ID')}</dt><dd>{entry.request_id}</dd></>}
            {entry.user_agent && <><dt>{t('Browser')}</dt><dd>{entry.user_agent}</dd></>}
          </dl>
          {entry.staff_id !== null && <p><Link className="link" to={doneBy(entry.staff_id)}>{t('All their activity')}</Link></p>}
        </div>
      </aside>
    </div>
  );
}
