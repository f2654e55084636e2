import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '@/i18n/t';
import { SignInForm } from '@/pages/login/SignInForm';
import type { Me } from './session';

export default function ReloginDialog({ me, onSignedIn }: { me: Me; onSignedIn: () => void }) {
  const done = (next: Me) => {
    if (next.id !== me.id) location.reload(); // another person has other screens and permissions
    else onSignedIn();
  };
  return (
    <Dialog open fullWidth maxWidth="xs" aria-labelledby="relogin-title">
      <DialogTitle id="relogin-title">{t('Your session has ended')}</DialogTitle>
      <DialogContent>
        <p className="muted" style={{ marginTop: 0 }}>{t('Sign in again to continue where you left off. Nothing you typed is lost.')}</p>
        <SignInForm email={me.email} onSignedIn={done} />
      </DialogContent>
    </Dialog>
  );
}
