import { useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useGetList, useGetMany } from 'ra-core';
import { Link } from 'react-router';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { messageOf } from '@/api/problem';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { recordTitle, useDef } from '../record';

interface Props {
  resource: string;
  label: string;
  value: number[];
  onChange: (ids: number[]) => void;
  multiple?: boolean;
  required?: boolean;
  error?: string;
  help?: string;
  onBlur?: () => void;
  autoFocus?: boolean;
  disabledId?: number; // a record cannot be its own parent
}

/** Chooses records of another resource by searching for them. */
export function ReferencePicker(props: Props) {
  const { resource, label, value, onChange, multiple = false, required, error, help, onBlur, autoFocus, disabledId } = props;
  const def = useDef(resource);
  const [text, setText] = useState('');
  const searchable = def?.fields.some((f) => f.searchable) ?? false;
  const chosen = useGetMany<RecordData>(resource, { ids: value }, { enabled: value.length > 0 });
  const found = useGetList<RecordData>(resource, {
    filter: searchable && text ? { q: text } : {},
    pagination: { page: 1, perPage: 50 },
    sort: { field: def?.title_field ?? 'id', order: 'ASC' },
  });
  const mayAdd = useMay()(`${resource}:create`);
  if (!def) return null;
  const none = found.data?.length === 0 && text === '';
  const selected = value.map((id) => chosen.data?.find((r) => r?.id === id) ?? { id });
  const options = [...(found.data ?? []), ...selected.filter((s) => !found.data?.some((r) => r.id === s.id))];
  const titleOf = (record: RecordData) => (def.title_field in record ? recordTitle(def, record) : '…');
  const pick = (next: RecordData | RecordData[] | null) => {
    onChange(next === null ? [] : Array.isArray(next) ? next.map((r) => r.id) : [next.id]);
  };
  return (
    <Autocomplete
      multiple={multiple}
      options={options}
      value={multiple ? selected : (selected[0] ?? null)}
      onChange={(_, next) => pick(next)}
      onInputChange={(_, input, reason) => setText(reason === 'input' ? input : '')}
      onBlur={onBlur}
      loading={found.isFetching}
      loadingText={t('Searching…')}
      noOptionsText={found.error ? messageOf(found.error) : none ? t('None yet') : t('Nothing found')}
      disableClearable={required && !multiple}
      getOptionKey={(record) => record.id}
      getOptionLabel={titleOf}
      getOptionDisabled={(record) => record.id === disabledId}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(all) => bestFirst(searchable ? all : all.filter((r) => titleOf(r).toLowerCase().includes(text.toLowerCase())), titleOf, text)}
      slotProps={{ clearIndicator: { 'aria-label': t('Clear {label}', { label }) }, popupIndicator: { 'aria-label': t('Choose {label}', { label }) } }}
      renderInput={(params) => <TextField {...params} autoFocus={autoFocus} label={label} required={required} error={Boolean(error)} helperText={error ?? (none && mayAdd ? <First def={def} /> : help)} />}
    />
  );
}

/** What is called just that comes first, then what begins with it, then what has a word that does. */
function bestFirst(all: RecordData[], titleOf: (record: RecordData) => string, text: string): RecordData[] {
  const sought = text.trim().toLowerCase();
  if (!sought) return all;
  const rank = (record: RecordData) => {
    const title = titleOf(record).toLowerCase();
    if (title.startsWith(sought)) return title === sought ? 0 : 1;
    return title.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought)) ? 2 : 3;
  };
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** Where there is nothing to choose yet. */
const First = ({ def }: { def: ResourceDef }) => (
  <>{t('There is none yet:')} <Link className="link" to={`/${def.name}/create`}>{t('Add {label}', { label: inSentence(def.label) })}</Link></>
);
