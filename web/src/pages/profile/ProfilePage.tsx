import { useQuery } from '@tanstack/react-query';
import { t } from '@/i18n/t';
import { useSession, whoAmI } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { NameCard } from './NameCard';
import { PasswordCard } from './PasswordCard';
import { SecondFactorCard } from './SecondFactorCard';
import { SessionsCard } from './SessionsCard';

/** The account of the person who is signed in. */
export default function ProfilePage() {
  const session = useSession();
  const { data: me = session.me, refetch } = useQuery({ queryKey: ['me'], queryFn: whoAmI });
  return (
    <>
      <PageHead title={t('Your profile')} beside={<span className="muted">{me.email} · {me.role_label}</span>} />
      <div className="columns">
        <div className="stack">
          <SecondFactorCard me={me} onChange={refetch} />
          <SessionsCard title={t('Where you are signed in')} />
        </div>
        <aside className="stack">
          <NameCard me={me} onChange={refetch} />
          <PasswordCard />
        </aside>
      </div>
    </>
  );
}
