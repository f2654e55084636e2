import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Popover from '@mui/material/Popover';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { enumLabel, type FieldDef } from '@/api/definitions';
import { listItem, listItems } from '@/api/http';
import { dayStart, decimalText, moneyText, parseNumber } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ReferencePicker } from '../inputs/ReferencePicker';
import { validatorOf } from '../validate';
import type { Filters } from './filters';

interface Props {
  field: FieldDef;
  anchor: HTMLElement;
  filters: Filters;
  onApply: (values: Filters) => void;
  onClose: () => void;
}

/** Edits the filter of one field in a popover, with inputs for the field's type. */
export default function FilterEditor({ field, anchor, filters, onApply, onClose }: Props) {
  const [values, setValues] = useState<Filters>(() => Object.fromEntries(field.filters.map((p) => [p, filters[p]])));
  const unreadable = Object.values(values).some(Number.isNaN);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onApply(values);
  };
  const nullParam = `${field.name}_null`;
  const empty = values[nullParam] === undefined ? null : String(values[nullParam] as string);
  return (
    <Popover open anchorEl={anchor} onClose={onClose} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { role: 'dialog', 'aria-label': t('Filter by {label}', { label: field.label }), sx: { overflow: field.type === 'reference' ? 'visible' : undefined } } }}>
      <form onSubmit={submit} className="stack" style={{ padding: 16, width: 340, maxWidth: '100%' }}>
        <strong>{field.label}</strong>
        {empty === null && <ByType field={field} values={values} onChange={setValues} onApply={onApply} />}
        {field.filters.includes(nullParam) && (
          <RadioGroup
            row
            aria-label={t('Empty or not empty')}
            value={empty ?? 'any'}
            onChange={(_, v) => setValues(v === 'any' ? {} : { [nullParam]: v })}
          >
            <FormControlLabel value="any" control={<Radio />} label={t('Any')} />
            <FormControlLabel value="true" control={<Radio />} label={t('Empty')} />
            <FormControlLabel value="false" control={<Radio />} label={t('Not empty')} />
          </RadioGroup>
        )}
        <div style={{ display: 'flex', justifyContent: 'space-between' }}>
          <Button onClick={() => onApply({})}>{t('Clear')}</Button>
          <Button type="submit" variant="contained" disabled={unreadable}>{t('Apply')}</Button>
        </div>
      </form>
    </Popover>
  );
}

interface InputProps {
  field: FieldDef;
  values: Filters;
  onChange: (values: Filters) => void;
  onApply: (values: Filters) => void;
}

function ByType(props: InputProps) {
  const { field, values, onChange } = props;
  const single = values[field.name];
  switch (field.type) {
    case 'boolean':
      return (
        <RadioGroup row aria-label={field.label} value={single === undefined ? '' : String(single as boolean)} onChange={(_, v) => onChange({ [field.name]: v })}>
          <FormControlLabel value="true" control={<Radio autoFocus />} label={t('Yes')} />
          <FormControlLabel value="false" control={<Radio />} label={t('No')} />
        </RadioGroup>
      );
    case 'enum':
      return field.parameter ? <OneChoice {...props} /> : <EnumChoice {...props} />;
    case 'reference':
      return (
        <ReferencePicker
          multiple
          autoFocus
          label={t('One of')}
          resource={field.reference}
          value={single === undefined ? [] : String(single as string).split(',').map(Number)}
          onChange={(ids) => onChange({ [field.name]: ids.length ? ids.join(',') : undefined })}
        />
      );
    case 'integer':
    case 'number':
    case 'money':
    case 'datetime':
      return <RangeInputs {...props} />;
    default:
      return (
        <TextField
          autoFocus
          inputRef={select}
          label={t('Is exactly')}
          value={single === undefined ? '' : listItems(String(single as string)).join(', ')}
          onChange={(e) => onChange({ [field.name]: listItem(e.target.value) })}
        />
      );
  }
}

/** Selects the value to change, so that typing replaces it. */
const select = (input: HTMLInputElement | null) => input?.select();

function OneChoice({ field, values, onChange }: InputProps) {
  return (
    <TextField select autoFocus label={t('Is')} value={values[field.name] ?? ''} onChange={(e) => onChange({ [field.name]: e.target.value })}>
      {field.enum.map((value) => <MenuItem key={value} value={value}>{enumLabel(field, value)}</MenuItem>)}
    </TextField>
  );
}

function EnumChoice({ field, values, onChange }: InputProps) {
  const chosen = values[field.name] === undefined ? [] : String(values[field.name] as string).split(',').filter(Boolean);
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
    onChange({ [field.name]: next.length ? next.join(',') : undefined });
  };
  return (
    <div role="group" aria-label={field.label} style={{ display: 'grid' }}>
      {field.enum.map((value, i) => (
        <FormControlLabel key={value} control={<Checkbox autoFocus={i === 0} checked={chosen.includes(value)} onChange={() => toggle(value)} />} label={enumLabel(field, value)} />
      ))}
    </div>
  );
}

/** Days that people ask for, by the first of them and the day after the last, from today on. */
const usualDays = [
  { label: t('Today'), from: 0, to: 1 },
  { label: t('Yesterday'), from: -1, to: 0 },
  { label: t('7 days'), from: -6, to: 1 },
  { label: t('30 days'), from: -29, to: 1 },
];

function RangeInputs({ field, values, onChange, onApply }: InputProps) {
  const isDate = field.type === 'datetime';
  const params = { from: `${field.name}_gte`, to: isDate ? `${field.name}_lt` : `${field.name}_lte` };
  const [from, setFrom] = useState(() => shown(field, values[params.from], 0));
  const [to, setTo] = useState(() => shown(field, values[params.to], -1));
  const set = (nextFrom: string, nextTo: string) => {
    setFrom(nextFrom);
    setTo(nextTo);
    onChange({ [params.from]: parsed(field, nextFrom, 0), [params.to]: parsed(field, nextTo, 1) });
  };
  const common = (value: unknown) => ({
    type: isDate ? 'date' : 'text',
    error: Number.isNaN(value),
    helperText: Number.isNaN(value) && validatorOf(field)(value),
    slotProps: { htmlInput: { inputMode: isDate ? undefined : ('decimal' as const) } },
  });
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 }}>
      {isDate && (
        <div className="usual-days">
          {usualDays.map((usual) => (
            <Button key={usual.label} variant="outlined" size="small" onClick={() => onApply({ [params.from]: fromToday(usual.from), [params.to]: fromToday(usual.to) })}>{usual.label}</Button>
          ))}
        </div>
      )}
      <TextField {...common(values[params.from])} autoFocus inputRef={select} label={t('From')} value={from} onChange={(e) => set(e.target.value, to)} />
      <TextField {...common(values[params.to])} label={t('Up to')} value={to} onChange={(e) => set(from, e.target.value)} />
    </div>
  );
}

/** A parameter's value as the input shows it. The end of a period is exclusive, so the last day is the one before it. */
function shown(field: FieldDef, value: unknown, days: number): string {
  if (value === undefined || value === null || value === '') return '';
  if (field.type === 'money') return moneyText(Number(value));
  if (field.type !== 'datetime') return decimalText(Number(value));
  const day = new Date(String(value as string));
  day.setDate(day.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

/** The beginning of the day that many days after today. */
function fromToday(days: number): string {
  return dayStart(new Date(), days).toISOString();
}

function parsed(field: FieldDef, text: string, days: number): unknown {
  if (text.trim() === '') return undefined;
  if (field.type === 'datetime') {
    const [year, month, day] = text.split('-').map(Number) as [number, number, number];
    return new Date(year, month - 1, day + days).toISOString();
  }
  return parseNumber(field.type, text);
}
