import { useRef, useState } from 'react';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useRefresh } from 'ra-core';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import { utcDateTime } from '@/engine/inputs/dateTimeText';
import { t } from '@/i18n/t';
import { useSaveKey } from '@/keys/useSaveKey';
import { PermissionMatrix } from '@/pages/roles/PermissionMatrix';
import { PageHead } from '@/ui/PageHead';
import { SecretDialog } from '@/ui/SecretDialog';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';

/** Creates a token for a program. It is shown only once. */
export default function TokenCreate() {
  const [name, setName] = useState('');
  const [expires, setExpires] = useState('');
  const [permissions, setPermissions] = useState<string[] | null>(null);
  const [token, setToken] = useState('');
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { submit, busy, failure, errors } = useSubmit(['name', 'expires_at', ...(permissions ? ['permissions'] : [])], async () => {
    const body = { name: name.trim(), ...(permissions && { permissions }), ...(expires && { expires_at: utcDateTime(expires) }) };
    setToken((await api.post<{ token: string }>('/api-tokens', body)).token);
  });
  const make = useRef<HTMLButtonElement>(null);
  useSaveKey(() => make.current?.click());
  const done = () => {
    refresh();
    void navigate('/api-tokens', { replace: true });
  };
  return (
    <>
      <PageHead title={t('Add API token')} crumb={{ label: t('API tokens'), to: '/api-tokens' }} />
      <form onSubmit={submit} className="stack">
        {failure && <div className="form-error" role="alert">{failure}</div>}
        <section className="card">
          <div className="card-body form-grid">
            <TextField autoFocus label={t('Name')} required value={name} error={Boolean(errors.name)} helperText={errors.name ?? t('What the token is for, such as “accounting export”.')} onChange={(e) => setName(e.target.value)} />
            <TextField label={t('Expires')} type="datetime-local" value={expires} error={Boolean(errors.expires_at)} helperText={errors.expires_at ?? t('Leave empty if it never expires.')} onChange={(e) => setExpires(e.target.value)} />
            <FormControlLabel
              className="wide"
              control={<Switch checked={permissions !== null} onChange={(_, on) => setPermissions(on ? [] : null)} />}
              label={t('Limit the permissions')}
            />
            {permissions === null && <span className="wide muted">{t('Without a limit, the token has all your permissions.')}</span>}
          </div>
        </section>
        {permissions && <PermissionMatrix granted={permissions} onChange={setPermissions} error={errors.permissions} />}
        <div className="save-bar">
          <SubmitButton ref={make} variant="contained" idle={busy || !name.trim() || permissions?.length === 0}>{t('Add token')}</SubmitButton>
          {permissions?.length === 0 && <span className="note">{t('Choose at least one permission.')}</span>}
        </div>
      </form>
      {token && (
        <SecretDialog
          title={t('Your new token')}
          text={t('Send it as “Authorization: Bearer …”. It is shown only now. Whoever has it can use its permissions.')}
          secret={token}
          onClose={done}
        />
      )}
    </>
  );
}
