import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import type { Me } from '@/session/session';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';

export function NameCard({ me, onChange }: { me: Me; onChange: () => unknown }) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? me.name;
  const { submit, busy, failure, errors } = useSubmit(['name'], async () => {
    await api.patch('/auth/me', { name: name.trim() });
    await onChange();
    setTyped(null);
    toast(t('Saved. Your colleagues now see the new name.'));
  });
  return (
    <section className="card">
      <header><h2>{t('Your name')}</h2></header>
      <form className="card-body stack" onSubmit={submit}>
        {failure && <div className="form-error" role="alert">{failure}</div>}
        <TextField label={t('Name')} required value={name} error={Boolean(errors.name)} helperText={errors.name} onChange={(e) => setTyped(e.target.value)} />
        <div><SubmitButton variant="outlined" idle={busy || name.trim() === me.name || !name.trim()}>{t('Save name')}</SubmitButton></div>
      </form>
    </section>
  );
}
