import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { isProblem, messageOf } from '@/api/problem';
import { plural, t } from '@/i18n/t';
import { secondFactor, signIn, whoAmI, type Me, type SignIn } from '@/session/session';
import { SubmitButton } from '@/ui/SubmitButton';

/** Asks for email and password, then for the code of the second factor, if there is one. */
export function SignInForm({ email: known, onSignedIn }: { email?: string; onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      await proceed(step === 'password' ? await signIn(email.trim(), password) : await secondFactor(code.replace(/\s/g, '')));
    } catch (error) {
      setFailure(explain(error, step));
    } finally {
      setBusy(false);
    }
  };
  const proceed = async (answer: SignIn) => {
    if (answer.status === 'totp_required') {
      setStep('code');
      return;
    }
    onSignedIn(answer.me ?? (await whoAmI()));
  };
  return (
    <form onSubmit={submit} className="stack" style={{ paddingBottom: 12 }}>
      {failure && <div className="form-error" role="alert">{failure}</div>}
      {step === 'password' ? (
        <>
          <TextField label={t('Email')} type="email" autoComplete="username" required autoFocus={!known} value={email} onChange={(e) => setEmail(e.target.value)} />
          <TextField label={t('Password')} type="password" autoComplete="current-password" required autoFocus={Boolean(known)} value={password} onChange={(e) => setPassword(e.target.value)} />
        </>
      ) : (
        <TextField
          label={t('Code')}
          helperText={t('From your authenticator app, or one of your recovery codes.')}
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={(e) => setCode(e.target.value)}
        />
      )}
      <SubmitButton variant="contained" size="medium" idle={busy}>{step === 'password' ? t('Sign in') : t('Continue')}</SubmitButton>
      {step === 'code' && <Button onClick={() => setStep('password')}>{t('Back')}</Button>}
    </form>
  );
}

function explain(error: unknown, step: 'password' | 'code') {
  if (!isProblem(error)) return messageOf(error);
  if (error.status === 429) {
    return error.retryAfter
      ? plural(error.retryAfter, 'Too many attempts. Try again in {n} second.', 'Too many attempts. Try again in {n} seconds.')
      : t('Too many attempts. Try again later.');
  }
  if (error.status === 401) return step === 'password' ? t('The email or password is incorrect.') : t('The code is incorrect or has expired.');
  return error.message;
}
