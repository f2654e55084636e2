import { useState, type FormEvent } from 'react';
import TextField from '@mui/material/TextField';
import { api } from '@/api/http';
import { refusalOf } from '@/api/problem';
import { t } from '@/i18n/t';
import type { SignIn } from '@/session/session';
import { SubmitButton } from '@/ui/SubmitButton';
import { LoginFrame } from './LoginFrame';
import { SignInForm } from './SignInForm';

interface Props {
  token: string;
  email: string | null; // of the person whose link it is; null at the first run
  onSignedIn: () => void;
}

/** The page of a one-time link: sets a password, and at the first run creates the owner. */
export default function SetupPage({ token, email: invited, onSignedIn }: Props) {
  const [values, setValues] = useState({ name: '', email: '', password: '', again: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (values.password !== values.again) {
      setErrors({ again: t('The passwords do not match.') });
      return;
    }
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      const owner = invited ? {} : { name: values.name.trim(), email: values.email.trim() };
      const answer = await api.post<SignIn>('/auth/setup', { token, ...owner, password: values.password });
      if (answer.status === 'signed_in') onSignedIn();
      else setNeedsCode(true);
    } catch (error) {
      const refusal = refusalOf(error, ['token', ...(invited ? [] : ['name', 'email']), 'password']);
      setErrors(refusal.errors);
      // The token is no field on screen: the message about a used link goes above the form.
      setFailure(refusal.errors.token ?? refusal.failure);
    } finally {
      setBusy(false);
    }
  };
  const input = (name: keyof typeof values, label: string, more: object = {}) => (
    <TextField
      label={label}
      required
      value={values[name]}
      error={Boolean(errors[name])}
      helperText={errors[name]}
      onChange={(e) => setValues({ ...values, [name]: e.target.value })}
      {...more}
    />
  );
  if (needsCode) return <LoginFrame title={t('Sign in')}><SignInForm email={invited ?? values.email} onSignedIn={onSignedIn} /></LoginFrame>;
  return (
    <LoginFrame title={invited ? t('Choose your password') : t('Set up your shop')}>
      <form onSubmit={submit} className="stack" style={{ paddingBottom: 12 }}>
        <span className="muted">{invited ?? t('You become the owner: you can do everything, and invite others.')}</span>
        {failure && <div className="form-error" role="alert">{failure}</div>}
        {!invited && input('name', t('Your name'), { autoComplete: 'name', autoFocus: true })}
        {!invited && input('email', t('Email'), { type: 'email', autoComplete: 'username' })}
        {input('password', t('Password'), { type: 'password', autoComplete: 'new-password', autoFocus: Boolean(invited), helperText: errors.password ?? t('At least 12 characters.') })}
        {input('again', t('Confirm password'), { type: 'password', autoComplete: 'new-password' })}
        <SubmitButton variant="contained" size="medium" idle={busy}>{t('Continue')}</SubmitButton>
      </form>
    </LoginFrame>
  );
}
