import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useId, type ClipboardEvent } from 'react';
import { useController } from 'react-hook-form';
import type { FieldDef } from '@/api/definitions';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { isFilled, keepsEmpty, validatorOf, validatorOfNew } from '../validate';
import { NumberInput } from './NumberInput';
import { JsonInput } from './JsonInput';
import { StringsInput } from './StringsInput';
import { ReferencePicker } from './ReferencePicker';
import { afterPress } from './afterPress';
import { localDateTime, utcDateTime } from './dateTimeText';

interface Props {
  field: FieldDef;
  recordId?: number;
  autoFocus?: boolean;
  plain?: boolean; // a reference offers no "Add …"
}

/** The input of one field, by its type, inside a react-hook-form. */
export function FieldInput({ field, recordId, autoFocus, plain = false }: Props) {
  const { field: input, fieldState } = useController<Record<string, unknown>>({
    name: field.name,
    rules: { validate: recordId === undefined ? validatorOfNew(field) : validatorOf(field) },
  });
  const id = useId();
  const onBlur = () => afterPress(input.onBlur);
  const error = fieldState.error?.message;
  // The description of an amount names the API's unit, while people type decimals.
  const help = field.type === 'money' ? undefined : field.description;
  const common = {
    label: field.label,
    required: field.required || (!field.nullable && !keepsEmpty(field) && !(recordId === undefined && isFilled(field))),
    error: Boolean(error),
    helperText: error ?? help,
    onBlur,
    inputRef: input.ref,
    autoFocus,
  };
  const text = (input.value ?? '') as string;
  const setText = (value: string) => input.onChange(value === '' && field.nullable ? null : value);

  switch (field.type) {
    case 'boolean':
      if (field.nullable) {
        return (
          <TextField {...common} select value={String((input.value ?? '') as boolean | '')} onChange={(e) => input.onChange(e.target.value === '' ? null : e.target.value === 'true')}>
            <MenuItem value="">{t('Not set')}</MenuItem>
            <MenuItem value="true">{t('Yes')}</MenuItem>
            <MenuItem value="false">{t('No')}</MenuItem>
          </TextField>
        );
      }
      return (
        <div className="switch-field">
          <div><label htmlFor={id}>{field.label}</label><small id={`${id}-help`}>{error ?? help}</small></div>
          <Switch id={id} checked={input.value === true} onChange={(_, on) => input.onChange(on)} onBlur={onBlur} slotProps={{ input: { ref: input.ref, 'aria-describedby': `${id}-help` } }} />
        </div>
      );
    case 'enum':
      return (
        <TextField {...common} select value={text} onChange={(e) => setText(e.target.value)}>
          {field.nullable && <MenuItem value="">{t('None')}</MenuItem>}
          {field.enum.map((value) => <MenuItem key={value} value={value}>{words(value)}</MenuItem>)}
        </TextField>
      );
    case 'reference':
      return (
        <ReferencePicker
          resource={field.reference}
          label={field.label}
          addable={!plain}
          autoFocus={autoFocus}
          required={!field.nullable}
          value={input.value ? [input.value as number] : []}
          onChange={(ids) => input.onChange(ids[0] ?? null)}
          onBlur={onBlur}
          error={error}
          help={help}
          disabledId={recordId}
        />
      );
    case 'integer':
    case 'number':
    case 'money':
      return <NumberInput {...common} field={field} value={input.value as number | null | undefined} onValue={input.onChange} />;
    case 'datetime':
      return <TextField {...common} type="datetime-local" value={localDateTime(text)} onChange={(e) => setText(utcDateTime(e.target.value))} />;
    case 'strings':
      return <StringsInput {...common} nullable={field.nullable} value={(input.value ?? null) as string[] | null} onValue={input.onChange} />;
    case 'json':
      return <JsonInput {...common} value={input.value} onValue={input.onChange} />;
    case 'text':
      return <TextField {...common} multiline minRows={3} maxRows={14} value={text} onChange={(e) => setText(e.target.value)} />;
    default:
      return <TextField {...common} value={text} onChange={(e) => setText(e.target.value)} onPaste={pasteTrimmed} />;
  }
}

/** Pastes a whole value without the white space that documents and spreadsheets leave around it. A part of one is pasted as it is. */
function pasteTrimmed(event: ClipboardEvent<HTMLElement>) {
  const { value, selectionStart, selectionEnd } = event.target as HTMLInputElement;
  if (selectionStart !== 0 || selectionEnd !== value.length) return;
  event.preventDefault();
  document.execCommand('insertText', false, event.clipboardData.getData('text').trim()); // can be undone with Ctrl+Z, unlike a value that is set
}
