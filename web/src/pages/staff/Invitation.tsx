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
    text={t('Whoever opens this link can set the password of the account. It works once, until {time}. Send it in a way that you trust.', { time: dateTime(link.expires_at) })}
    secret={link.url}
    onClose={onClose}
  />
);
