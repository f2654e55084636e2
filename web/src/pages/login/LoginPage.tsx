import { t } from '@/i18n/t';
import { LoginFrame } from './LoginFrame';
import { SignInForm } from './SignInForm';

export default function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <LoginFrame title={t('Sign in')}>
      <SignInForm onSignedIn={onSignedIn} />
      <p className="muted">{t('Forgotten your password? Ask an owner of the shop for a new link.')}</p>
    </LoginFrame>
  );
}
