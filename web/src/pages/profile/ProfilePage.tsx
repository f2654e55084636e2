import { t } from '@/i18n/t';
import { useSession } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { NameCard } from './NameCard';
import { PasswordCard } from './PasswordCard';
import { SecondFactorCard } from './SecondFactorCard';
import { SessionsCard } from './SessionsCard';

/** One's own account. */
export default function ProfilePage() {
  const { me } = useSession();
  return (
    <>
      <PageHead title={t('Your profile')} beside={<span className="muted">{me.email} · {me.role_label}</span>} />
      <div className="columns">
        <div className="stack">
          <SecondFactorCard me={me} />
          <SessionsCard title={t('Where you are signed in')} />
        </div>
        <aside className="stack">
          <NameCard me={me} />
          <PasswordCard />
        </aside>
      </div>
    </>
  );
}
