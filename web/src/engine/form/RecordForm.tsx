import { lazy, Suspense, useEffect, useRef, useState, type BaseSyntheticEvent, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import { FormProvider, useForm } from 'react-hook-form';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useSaveKey } from '@/keys/useSaveKey';
import { toast } from '@/toast/toasts';
import { SubmitButton } from '@/ui/SubmitButton';
import { FieldInput } from '../inputs/FieldInput';
import { formFields, isSwitch, isWide, valuesOf } from './formFields';
import { LeaveGuard } from './LeaveGuard';
import { useProposedSlugs } from './useProposedSlugs';
import { useSave, type Values } from './useSave';

const ConflictDialog = lazy(() => import('./ConflictDialog'));

interface Props {
  def: ResourceDef;
  record?: RecordData; // undefined for a new one
  given?: Values; // values of a new record that are known already
  onSaved?: (record: RecordData) => void;
  onAnother?: (record: RecordData) => void; // the record is added and the person goes on to the next new one
  side?: ReactNode;
  actions?: ReactNode;
  below?: ReactNode;
}

/** The form of a new or an existing record, built from the definitions of its resource. */
export function RecordForm({ def, record, given, onSaved, onAnother, side, actions, below }: Props) {
  const inputs = formFields(def, record !== undefined);
  const [base, setBase] = useState(record);
  const form = useForm<Values>({ defaultValues: { ...valuesOf(inputs, record), ...given }, mode: 'onTouched' });
  const { isDirty } = form.formState;
  useProposedSlugs(def, form, record ? [] : inputs.filter((f) => given?.[f.name] === undefined));
  const { saveNew, saveChanges, saving, failure, conflict, endConflict } = useSave(def, form, inputs.map((f) => f.name));
  const [left, setLeft] = useState(false);

  // A record that was fetched again is shown at once, unless the person is changing it.
  useEffect(() => {
    if (!record || isDirty || record === base) return;
    setBase(record);
    form.reset(valuesOf(inputs, record));
  }, [record, base, isDirty, form, inputs]);

  const another = useRef(false);
  const finish = (saved: RecordData | undefined) => {
    if (!saved) return;
    setBase(saved);
    form.reset(valuesOf(inputs, saved));
    setLeft(true);
    toast(base ? t('Saved') : t('{label} added', { label: def.label }));
    // Only after the next render does LeaveGuard know that nothing is unsaved.
    setTimeout(() => (another.current ? onAnother : onSaved)?.(saved));
    setTimeout(() => setLeft(false));
  };
  const submit = form.handleSubmit(async (values) => finish(base ? await saveChanges(values, base) : await saveNew(values)));
  const busy = useRef(false);
  const save = async (event?: BaseSyntheticEvent) => {
    event?.preventDefault();
    if (busy.current || conflict || (record && !isDirty)) return;
    busy.current = true;
    await submit(event);
    setTimeout(() => { busy.current = false; }); // once the saved state is rendered
  };
  const resolve = async (values: Values, theirs: RecordData) => {
    endConflict();
    form.reset(valuesOf(inputs, theirs));
    Object.entries(values).forEach(([name, value]) => form.setValue(name, value, { shouldDirty: true }));
    setBase(theirs);
    finish(await saveChanges(values, theirs));
  };

  const saveAs = (wanted: boolean) => () => { another.current = wanted; };
  useSaveKey(() => {
    saveAs(false)();
    void save();
  });

  const switches = inputs.filter(isSwitch);
  const main = inputs.filter((f) => !isSwitch(f));
  const first = main.find((f) => given?.[f.name] === undefined);
  useShortcuts(first ? [{ keys: 'e', text: t('Edit'), group: def.label, run: () => form.setFocus(first.name) }] : []);
  return (
    <FormProvider {...form}>
      <form onSubmit={save} noValidate>
        <div className="columns">
          <div className="stack">
            {failure && <div className="form-error" role="alert">{failure}</div>}
            <section className="card" aria-label={t('Details')}>
              <div className="card-body form-grid">
                {main.map((field) => (
                  <div key={field.name} className={isWide(field) ? 'wide' : undefined}>
                    <FieldInput field={field} recordId={record?.id} autoFocus={!record && field === first} />
                  </div>
                ))}
              </div>
            </section>
          </div>
          <aside className="stack">
            {switches.length > 0 && (
              <section className="card"><div className="card-body stack">{switches.map((f) => <FieldInput key={f.name} field={f} />)}</div></section>
            )}
            {side}
          </aside>
        </div>
        <div className="save-bar">
          <SubmitButton variant="contained" idle={saving || (record !== undefined && !isDirty)} onPointed={saveAs(false)}>{saving ? t('Saving…') : t('Save')}</SubmitButton>
          {onAnother && <SubmitButton variant="outlined" idle={saving} onPointed={saveAs(true)}>{t('Add and start another')}</SubmitButton>}
          {isDirty && record && <Button onClick={() => form.reset()}>{t('Discard')}</Button>}
          <span className="note">{isDirty && record ? t('Unsaved changes') : ''}</span>
          <span className="spacer" />
          {actions}
        </div>
      </form>
      {below}
      <LeaveGuard dirty={isDirty && !left && !saving} />
      {conflict && <Suspense><ConflictDialog def={def} conflict={conflict} onResolve={resolve} onClose={endConflict} /></Suspense>}
    </FormProvider>
  );
}
