import { useRef, useState } from 'react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useRefresh } from 'ra-core';
import { useNavigate } from 'react-router';
import { ifMatch } from '@/api/dataProvider';
import { fieldOf, type RecordData } from '@/api/definitions';
import { api } from '@/api/http';
import { NumberInput } from '@/engine/inputs/NumberInput';
import { LeaveGuard } from '@/engine/form/LeaveGuard';
import { useDefOf } from '@/engine/record';
import { problemWith } from '@/engine/validate';
import { slugOf, wholeNumberHint } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useSaveKey } from '@/keys/useSaveKey';
import { mayOf, useSession, type Me } from '@/session/session';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { useSubmit } from '@/ui/useSubmit';
import { PermissionMatrix } from './PermissionMatrix';

export interface Role extends RecordData {
  version: number;
  name: string;
  label: string;
  description: string;
  permissions: string[];
  max_stock_adjustment: number | null;
  is_built_in: boolean;
}

interface Props {
  role?: Role;
  like?: Role; // the role of which a new one is a copy
}

const blank = { name: '', label: '', description: '', permissions: [] as string[], max_stock_adjustment: null as number | null };

export function RoleForm({ role, like }: Props) {
  const { me } = useSession();
  const [values, setValues] = useState(role ?? (like ? likeThat(like, me) : blank));
  const [seen, setSeen] = useState(role);
  const [base, setBase] = useState(role); // the version that the person started from
  const [dirty, setDirty] = useState(like !== undefined);
  const [named, setNamed] = useState(false);
  const nameField = fieldOf(useDefOf('roles'), 'name');
  const show = (now: Role | undefined) => {
    setBase(now);
    if (now) setValues(now);
    setDirty(false);
  };
  // A role that was fetched again is shown at once, unless the person is changing it.
  if (seen !== role) {
    setSeen(role);
    if (!dirty) show(role);
  }
  const navigate = useNavigate();
  const refresh = useRefresh();
  const set = (change: Partial<typeof blank>) => {
    setDirty(true);
    setValues({ ...values, ...change });
  };
  // The name of a new role follows its label, until the person types a name.
  const type = (field: 'name' | 'label' | 'description', value: string) => {
    if (field === 'name') setNamed(true);
    set({ [field]: value, ...(field === 'label' && !role && !named && { name: slugOf(value) }) });
  };
  const { submit, busy, failure, errors } = useSubmit(Object.keys(blank).filter((field) => field !== 'name' || !role), async () => {
    const { name, label, description, permissions, max_stock_adjustment } = values;
    const body = { label, description, permissions, max_stock_adjustment };
    const answer = role
      ? api.patch<Role>(`/roles/${role.id}`, body, ifMatch(base ?? role))
      : api.post<Role>('/roles', { name, ...body });
    const saved = await answer.finally(refresh); // also after a refusal, which may be due to what a colleague saved
    show(role && saved);
    toast(role ? t('Saved. The change applies immediately to everybody with this role.') : t('Role added'));
    if (!role) setTimeout(() => void navigate(`/roles/${saved.id}`, { replace: true }));
  });
  const overtaken = dirty && role && base && role.version > base.version;
  const save = useRef<HTMLButtonElement>(null);
  useSaveKey(() => save.current?.click());
  const unreadable = Number.isNaN(values.max_stock_adjustment);
  const badName = !role && nameField && values.name !== '' ? problemWith(nameField, values.name) : undefined;
  const text = (name: 'name' | 'label' | 'description', label: string, help?: string, problem = errors[name]) => (
    <TextField label={label} value={values[name]} autoFocus={name === 'label' && !role} required={name !== 'description'} error={Boolean(problem)} helperText={problem ?? help} onChange={(e) => type(name, e.target.value)} />
  );
  return (
    <form onSubmit={submit} className="stack">
      {overtaken
        ? <div className="form-error" role="alert">{t('A colleague has changed this role. Discard your changes to see theirs.')}</div>
        : failure && <div className="form-error" role="alert">{failure}</div>}
      <section className="card">
        <div className="card-body form-grid">
          {text('label', t('Label'), t('The name that staff see.'))}
          {!role && text('name', t('Name'), t('The name that programs use. Lowercase letters, digits and hyphens only.'), badName ?? errors.name)}
          {text('description', t('Description'))}
          <NumberInput
            field={{ type: 'integer', nullable: true }}
            label={t('Stock adjustment limit')}
            value={values.max_stock_adjustment}
            onValue={(n) => set({ max_stock_adjustment: n })}
            error={unreadable || Boolean(errors.max_stock_adjustment)}
            helperText={unreadable ? wholeNumberHint() : (errors.max_stock_adjustment ?? t('The most units that one adjustment can change. Leave empty for no limit.'))}
          />
        </div>
      </section>
      <PermissionMatrix granted={values.permissions} onChange={(permissions) => set({ permissions })} error={errors.permissions} />
      <div className="save-bar">
        <SubmitButton ref={save} variant="contained" idle={busy || !dirty || unreadable || badName !== undefined}>{t('Save')}</SubmitButton>
        {dirty && role && <Button onClick={() => show(role)}>{t('Discard')}</Button>}
        <span className="note">{dirty ? t('Unsaved changes') : ''}</span>
      </div>
      <LeaveGuard dirty={dirty && !busy} />
    </form>
  );
}

/** A copy of a role, with those of its permissions that the person can grant. */
const likeThat = ({ name, label, description, permissions, max_stock_adjustment }: Role, me: Me): typeof blank => ({
  name: `${name}-copy`, label: t('{label} (copy)', { label }), description, permissions: permissions.filter((p) => mayOf(me, p)), max_stock_adjustment,
});
