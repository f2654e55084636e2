import { useState } from 'react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import type { Me } from '@/session/session';
import { toast } from '@/toast/toasts';
import { Chip } from '@/ui/Chip';
import { copyText } from '@/ui/copyText';
import { KeepGuard } from '@/ui/SecretDialog';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';

interface Enrolment {
  secret: string;
  otpauth_url: string;
  qr_png_base64: string;
}

/** Turns the second factor on, in three steps, or off. */
export function SecondFactorCard({ me: { totp_enabled: enabled }, onChange }: { me: Me; onChange: () => unknown }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  return (
    <section className="card">
      <header>
        <h2>{t('Second factor')}</h2>
        <Chip value="" tone={enabled ? 'green' : 'grey'} label={enabled ? t('On') : t('Off')} />
      </header>
      <div className="card-body">
        {codes.length > 0 && <RecoveryCodes codes={codes} onSeen={() => setCodes([])} />}
        {codes.length === 0 && enrolment && (
          <Confirm
            enrolment={enrolment}
            onConfirmed={(recovery) => {
              setEnrolment(null);
              setCodes(recovery);
              void onChange();
            }}
          />
        )}
        {codes.length === 0 && !enrolment && (
          <PasswordStep
            enabled={enabled}
            onEnrol={setEnrolment}
            onDisabled={() => {
              void onChange();
              toast(t('Second factor turned off'));
            }}
          />
        )}
      </div>
    </section>
  );
}

function PasswordStep({ enabled, onEnrol, onDisabled }: { enabled: boolean; onEnrol: (e: Enrolment) => void; onDisabled: () => void }) {
  const [password, setPassword] = useState('');
  const { submit, busy, failure, errors } = useSubmit(['password'], async () => {
    if (enabled) {
      await api.post('/auth/totp/disable', { password });
      onDisabled();
    } else {
      onEnrol(await api.post<Enrolment>('/auth/totp/enrol', { password }));
    }
    setPassword('');
  });
  return (
    <form className="stack" onSubmit={submit}>
      <span className="muted">
        {enabled
          ? t('When you sign in, you also need a code from your authenticator app.')
          : t('With an authenticator app on your phone, a stolen password alone is not enough to sign in.')}
      </span>
      {failure && <div className="form-error" role="alert">{failure}</div>}
      <TextField label={t('Your password')} type="password" autoComplete="current-password" required value={password} error={Boolean(errors.password)} helperText={errors.password} onChange={(e) => setPassword(e.target.value)} sx={{ maxWidth: 320 }} />
      <div><SubmitButton variant="outlined" idle={busy || !password}>{enabled ? t('Turn off') : t('Set up')}</SubmitButton></div>
    </form>
  );
}

function Confirm({ enrolment, onConfirmed }: { enrolment: Enrolment; onConfirmed: (codes: string[]) => void }) {
  const [code, setCode] = useState('');
  const { submit, busy, failure, errors } = useSubmit(['code'], async () => {
    const { recovery_codes } = await api.post<{ recovery_codes: string[] }>('/auth/totp/confirm', { code: code.replace(/\s/g, '') });
    onConfirmed(recovery_codes);
  });
  return (
    <form className="stack" onSubmit={submit}>
      <span>{t('Scan this code with the app, then enter the code that the app shows.')}</span>
      <img src={`data:image/png;base64,${enrolment.qr_png_base64}`} alt={t('QR code for the authenticator app')} width="200" height="200" style={{ borderRadius: 8 }} />
      <span className="muted">{t('Or type this key:')} <code>{enrolment.secret}</code></span>
      {failure && <div className="form-error" role="alert">{failure}</div>}
      <TextField label={t('Code')} required autoFocus autoComplete="one-time-code" value={code} error={Boolean(errors.code)} helperText={errors.code} onChange={(e) => setCode(e.target.value)} sx={{ maxWidth: 200 }} />
      <div><SubmitButton variant="contained" idle={busy || !code.trim()}>{t('Confirm')}</SubmitButton></div>
    </form>
  );
}

function RecoveryCodes({ codes, onSeen }: { codes: string[]; onSeen: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="stack">
      <span>{t('Keep these recovery codes in a safe place. If you lose your phone, you can sign in with each of them once. They are shown only now.')}</span>
      <ul style={{ columns: 2, maxWidth: 360, margin: 0, paddingLeft: 16 }}>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div>
        <Button variant="contained" onClick={onSeen}>{t('I have saved them')}</Button>{' '}
        <Button variant="outlined" onClick={() => void copyText(codes.join('\n'), () => setCopied(true))}>{t('Copy')}</Button>
      </div>
      {!copied && <KeepGuard />}
    </div>
  );
}
