import type { FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { FormProvider, useForm } from 'react-hook-form';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useSaveKey } from '@/keys/useSaveKey';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';
import { SubmitButton } from '@/ui/SubmitButton';
import { FieldInput } from '../inputs/FieldInput';
import { formFields, isWide, valuesOf } from './formFields';
import { LeaveGuard } from './LeaveGuard';
import { slugsFor, useProposedSlugs } from './useProposedSlugs';
import { useSave, type Values } from './useSave';

interface Props {
  def: ResourceDef;
  title: string; // the name of the new record, as far as it was typed
  onAdded: (record: RecordData) => void;
  onClose: () => void;
}

/** Adds a record without leaving the form of another record that is to refer to it. */
export default function AddDialog({ def, title, onAdded, onClose }: Props) {
  const inputs = formFields(def, false);
  const named = title !== '' && inputs.some((f) => f.name === def.title_field && f.type === 'string');
  const form = useForm<Values>({
    defaultValues: { ...valuesOf(inputs), ...(named && { [def.title_field]: title, ...slugsFor(def, inputs, title) }) },
    mode: 'onTouched',
  });
  useProposedSlugs(def, form, inputs);
  const { saveNew, saving, failure } = useSave(def, form, inputs.map((f) => f.name));
  const submit = form.handleSubmit(async (values) => {
    const added = await saveNew(values);
    if (!added) return;
    toast(t('{label} added', { label: def.label }));
    onAdded(added);
    onClose();
  });
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    event?.stopPropagation(); // it would also submit the form around this one
    if (!saving) void submit();
  };
  useSaveKey(save);
  const typed = named || form.formState.isDirty;
  return (
    <Dialog open onClose={closing(onClose, typed)} fullWidth maxWidth="sm" aria-labelledby="add-title">
      <form onSubmit={save} noValidate>
        <DialogTitle id="add-title">{t('Add {label}', { label: inSentence(def.label) })}</DialogTitle>
        <DialogContent>
          {failure && <div className="form-error" role="alert">{failure}</div>}
          <div className="form-grid">
            <FormProvider {...form}>
              {inputs.map((field, i) => (
                <div key={field.name} className={isWide(field) ? 'wide' : undefined}><FieldInput field={field} autoFocus={i === 0} plain /></div>
              ))}
            </FormProvider>
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <SubmitButton variant="contained" idle={saving}>{saving ? t('Saving…') : t('Add')}</SubmitButton>
        </DialogActions>
      </form>
      {typed && <LeaveGuard dirty />}
    </Dialog>
  );
}
