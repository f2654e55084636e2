import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import type { FieldDef, ResourceDef } from '@/api/definitions';
import { inSentence, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { closing } from '@/ui/closing';
import { blank } from '../form/formFields';
import { FieldInput } from '../inputs/FieldInput';
import type { BulkChange } from './useBulk';

interface Props {
  def: ResourceDef;
  count: number;
  onChange: (change: BulkChange) => Promise<void>;
  onClose: () => void;
}

/** Sets one field of all selected records to the same value. */
export default function BulkChangeDialog({ def, count, onChange, onClose }: Props) {
  const fields = def.fields.filter((f) => f.updatable && f.name !== def.import_key); // whose value is unique
  const [name, setName] = useState(fields.find((f) => f.type === 'reference')?.name ?? fields[0]?.name ?? '');
  const field = fields.find((f) => f.name === name);
  const form = useForm<Record<string, unknown>>({ defaultValues: Object.fromEntries(fields.map((f) => [f.name, blank(f)])), mode: 'onTouched' });
  const value = useWatch({ control: form.control, name });
  const submit = form.handleSubmit(async (values) => {
    onClose();
    await onChange({ patch: { [name]: values[name] } });
  });
  return (
    <Dialog open onClose={closing(onClose, form.formState.isDirty)} fullWidth maxWidth="xs" aria-labelledby="bulk-title">
      <form
        onSubmit={(event) => {
          event.stopPropagation();
          void submit(event);
        }}
      >
        <DialogTitle id="bulk-title">{deed(field, value, t('{n} {records}', { n: number(count), records: inSentence(count === 1 ? def.label : def.label_plural) }))}</DialogTitle>
        <DialogContent>
          <div className="stack">
            <TextField select autoFocus label={t('Field')} value={name} onChange={(e) => setName(e.target.value)}>
              {fields.map((f) => <MenuItem key={f.name} value={f.name}>{f.label}</MenuItem>)}
            </TextField>
            <FormProvider {...form}>{field && <FieldInput key={name} field={field} />}</FormProvider>
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained">{t('Change')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** What the dialog is about to do, such as “Deactivate 2 products”. */
function deed(field: FieldDef | undefined, value: unknown, records: string): string {
  if (field?.name === 'is_active') return value === true ? t('Activate {records}', { records }) : t('Deactivate {records}', { records });
  return field ? t('Change {field} of {records}', { field: inSentence(field.label), records }) : t('Change {records}', { records });
}
