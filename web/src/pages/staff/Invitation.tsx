import { api } from '@/api/http';
import type { RecordData } from '@/api/definitions';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { SecretDialog } from '@/ui/SecretDialog';

export interface Invitation {
  url: string;
  expires_at: string;
}

export const invite = (record: RecordData) => api.post<Invitation>(`/staff/${record.id}/invite`);

/** Shows the link with which a member of staff chooses a password. */
export const InvitationDialog = ({ record, link, onClose }: { record: RecordData; link: Invitation; onClose: () => void }) => (
  <SecretDialog
    title={t('Link for {name}', { name: String(record.name as string) })}
    text={t('Whoever opens it sets the password of this account, once, until {time}. Send it by a way you trust.', { time: dateTime(link.expires_at) })}
    secret={link.url}
    onClose={onClose}
  />
);
