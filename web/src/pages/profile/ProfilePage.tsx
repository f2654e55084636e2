import { useContext } from 'react';
import { t } from '@/i18n/t';
import { ChangeMeContext, useSession, whoAmI } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { NameCard } from './NameCard';
import { PasswordCard } from './PasswordCard';
import { SecondFactorCard } from './SecondFactorCard';
import { SessionsCard } from './SessionsCard';

/** The account of the person who is signed in. */
export default function ProfilePage() {
  const { me } = useSession();
  const change = useContext(ChangeMeContext);
  const askAgain = async () => change(await whoAmI());
  return (
    <>
      <PageHead title={t('Your profile')} beside={<span className="muted">{me.email} · {me.role_label}</span>} />
      <div className="columns">
        <div className="stack">
          <SecondFactorCard me={me} onChange={askAgain} />
          <SessionsCard title={t('Where you are signed in')} />
        </div>
        <aside className="stack">
          <NameCard me={me} onChange={askAgain} />
          <PasswordCard />
        </aside>
      </div>
    </>
  );
}
