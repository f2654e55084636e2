import { t } from '@/i18n/t';
import { LoginFrame } from './LoginFrame';
import { SignInForm } from './SignInForm';
import { useVacant } from './useVacant';

/** Asks who is there, or says that the shop has no staff yet who could be. */
export default function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  if (useVacant()) {
    return (
      <LoginFrame title={t('Nobody can sign in yet')}>
        <p>{t('This shop has no owner yet. Open the link that Storekeeper printed when it was started. Whoever opens it first becomes the owner.')}</p>
        <p className="muted">{t('The link is valid for one hour. To get a new one, restart Storekeeper.')}</p>
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t('Sign in')}>
      <SignInForm onSignedIn={onSignedIn} />
      <p className="muted">{t('Forgot your password? Ask an owner of the shop for a new link.')}</p>
    </LoginFrame>
  );
}
