import { useState } from 'react';
import Button from '@mui/material/Button';
import LinkIcon from '@mui/icons-material/LinkOutlined';
import { Link } from 'react-router';
import { Facts } from '@/engine/form/Facts';
import { RecordForm } from '@/engine/form/RecordForm';
import { RecordFrame } from '@/engine/form/RecordFrame';
import type { RecordData } from '@/api/definitions';
import { doneBy } from '@/engine/history/audit';
import { listPath } from '@/engine/record';
import { t } from '@/i18n/t';
import { useMay, useSession } from '@/session/session';
import { SessionsCard } from '@/pages/profile/SessionsCard';
import { useAction } from '@/ui/useAction';
import { invite, InvitationDialog, type Invitation } from './Invitation';
import { RemoveSecondFactor } from './RemoveSecondFactor';

/** A member of staff: their role, whether they may sign in, their sessions, and a link to choose a password. */
export default function StaffPage() {
  const may = useMay();
  const { me } = useSession();
  return (
    <RecordFrame actions={(record) => (
        <>
          {may('api-tokens:read') && <Button component={Link} to={listPath('api-tokens', { staff_id: String(record.id) })}>{t('Their API tokens')}</Button>}
          {may('audit:read') && <Button component={Link} to={doneBy(record.id)}>{t('Their activity')}</Button>}
          {may('staff:manage') && record.totp_enabled === true && record.id !== me.id && <RemoveSecondFactor record={record} />}
          {may('staff:manage') && <Invite record={record} />}
        </>
      )}>
      {(record, def) => (
        <div className="stack">
          {may('staff:manage')
            ? <RecordForm key={record.id} def={def} record={record} side={<Facts def={def} record={record} />} />
            : <Facts def={def} record={record} all />}
          {may('staff:manage') && <SessionsCard staffId={record.id} title={t('Where they are signed in')} />}
        </div>
      )}
    </RecordFrame>
  );
}

function Invite({ record }: { record: RecordData }) {
  const [link, setLink] = useState<Invitation | null>(null);
  const { act, busy } = useAction(async () => setLink(await invite(record)));
  return (
    <>
      <Button variant="outlined" startIcon={<LinkIcon />} disabled={busy} onClick={() => act()}>{record.last_login_at ? t('Create password link') : t('Create invitation link')}</Button>
      {link && <InvitationDialog record={record} link={link} onClose={() => setLink(null)} />}
    </>
  );
}
