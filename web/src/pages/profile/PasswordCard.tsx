import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';

export function PasswordCard() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { submit, busy, failure, errors } = useSubmit(['current_password', 'new_password'], async () => {
    await api.post('/auth/password', { current_password: current, new_password: next });
    setCurrent('');
    setNext('');
    toast(t('Password changed. Your other sessions have ended.'));
  });
  return (
    <section className="card">
      <header><h2>{t('Password')}</h2></header>
      <form className="card-body stack" onSubmit={submit}>
        {failure && <div className="form-error" role="alert">{failure}</div>}
        <TextField label={t('Current password')} type="password" autoComplete="current-password" required value={current} error={Boolean(errors.current_password)} helperText={errors.current_password} onChange={(e) => setCurrent(e.target.value)} />
        <TextField label={t('New password')} type="password" autoComplete="new-password" required value={next} error={Boolean(errors.new_password)} helperText={errors.new_password ?? t('At least 12 characters.')} onChange={(e) => setNext(e.target.value)} />
        <div><SubmitButton variant="outlined" idle={busy || !current || !next}>{t('Change password')}</SubmitButton></div>
      </form>
    </section>
  );
}
