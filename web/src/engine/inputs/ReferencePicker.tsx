import { lazy, Suspense, useLayoutEffect, useMemo, useReducer, useState, type HTMLAttributes } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useGetList, useGetMany, useResourceDefinition } from 'ra-core';
import { best } from '@/api/dataProvider';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { messageOf } from '@/api/problem';
import { inSentence } from '@/i18n/format';
import { matching, plain } from '@/i18n/match';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Named } from '../fields/Named';
import { CutOff } from '@/ui/CutOff';
import { recordTitle, useDef } from '../record';

const AddDialog = lazy(() => import('../form/AddDialog'));

/** The option that adds a new record. */
const another: RecordData = { id: 0 };

/** Stands for the records that match and are not shown. */
const others: RecordData = { id: -1 };

const mostShown = 50;

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
  addable?: boolean; // offers to add a record, if the person may
}

/** Chooses records of another resource by searching for them, and can add one that is missing. */
export function ReferencePicker(props: Props) {
  const def = useDef(props.resource);
  const may = useMay()(`${props.resource}:read`);
  if (!def) return undefined;
  return may ? <Picker {...props} def={def} /> : <Unseen {...props} def={def} />;
}

/** For people who may not see the other records: shows the chosen ones by their ids. */
function Unseen({ def, label, value, required }: Props & { def: ResourceDef }) {
  const why = t('Your role does not include {records}, so you cannot choose any.', { records: inSentence(def.label_plural) });
  return <TextField disabled label={label} required={required} value={value.join(', ')} helperText={why} />;
}

function Picker(props: Props & { def: ResourceDef }) {
  const { def, resource, label, value, onChange, multiple = false, required, error, help, onBlur, autoFocus, disabledId, addable = false } = props;
  const [text, setText] = useState('');
  const [adding, setAdding] = useState<string | null>(null); // the title of the new record
  const [open, setOpen] = useState(false);
  const searchable = def.fields.some((f) => f.searchable);
  const chosen = useGetMany<RecordData>(resource, { ids: value }, { enabled: value.length > 0 });
  const found = useGetList<RecordData>(resource, {
    filter: searchable && text ? { q: text } : {},
    pagination: { page: 1, perPage: mostShown },
    sort: { field: def.title_field, order: 'ASC' },
    meta: best,
  }, { enabled: open || value.length === 0 });
  const { options: offers } = useResourceDefinition<{ addable?: boolean }>({ resource });
  const mayAdd = useMay()(`${resource}:create`) && addable && !multiple && offers?.addable === true;
  // Memoized: on a new value Autocomplete discards the text that is being typed.
  const ids = value.join();
  const selected = useMemo(() => ids.split(',').filter(Boolean).map(Number).map((id) => chosen.data?.find((r) => r?.id === id) ?? { id }), [ids, chosen.data]);
  const none = found.data?.length === 0 && text === '';
  const options = [...(found.data ?? []), ...selected.filter((s) => !found.data?.some((r) => r.id === s.id))];
  const typed = text.trim();
  const add = typed ? t('Add “{text}”…', { text: typed }) : t('Add {label}…', { label: inSentence(def.label) });
  const titleOf = (record: RecordData) => (record === another ? add : def.title_field in record ? recordTitle(def, record) : '…');
  const isKnown = (title: string) => found.data?.some((record) => plain(titleOf(record)) === plain(title));
  const offersAdding = mayAdd && !found.isPending && !found.error && !isKnown(typed);
  const known = typed ? (found.data ?? []) : options;
  const offered = [...(searchable ? known : matching(known, titleOf, typed)), ...(found.pageInfo?.hasNextPage ? [others] : []), ...(offersAdding ? [another] : [])];
  // Autocomplete clears the highlight on the first render after new options. Render at once, before arrow keys have highlighted one.
  const [, renderAgain] = useReducer((n: number) => n + 1, 0);
  const shown = open && offered.map(titleOf).join('\n');
  useLayoutEffect(renderAgain, [shown, renderAgain]);
  const pick = (next: RecordData | RecordData[] | null) => {
    if (next === another) return setAdding(typed);
    return onChange(next === null ? [] : Array.isArray(next) ? next.map((r) => r.id) : [next.id]);
  };
  return (
    <>
      <Autocomplete
        multiple={multiple}
        autoHighlight={typed !== ''}
        options={options}
        value={multiple ? selected : (selected[0] ?? null)}
        onChange={(_, next) => pick(next)}
        inputValue={multiple ? text : undefined}
        onInputChange={(_, input, reason) => {
          if (multiple && reason === 'reset') return; // the titles of the chosen records have arrived, perhaps while more is being typed
          setText(reason === 'input' ? input : '');
        }}
        onOpen={() => setOpen(true)}
        onClose={() => setOpen(false)}
        onBlur={onBlur}
        loading={found.isFetching}
        loadingText={t('Searching…')}
        noOptionsText={found.error ? messageOf(found.error) : none ? t('None yet') : t('Nothing found')}
        disableClearable={required && !multiple}
        getOptionKey={(record) => record.id}
        getOptionLabel={titleOf}
        getOptionDisabled={(record) => record === others || record.id === disabledId}
        isOptionEqualToValue={(a, b) => a.id === b.id}
        filterOptions={() => offered}
        renderOption={({ key, ...rest }: HTMLAttributes<HTMLLIElement> & { key: unknown }, record) => (
          <li key={String(key)} {...rest}>{record === others ? <CutOff shown={mostShown} /> : record === another ? <span className="picker-add">{add}</span> : titleOf(record)}</li>
        )}
        slotProps={{ clearIndicator: { 'aria-label': t('Clear {label}', { label }) }, popupIndicator: { 'aria-label': t('Choose {label}', { label }) } }}
        renderInput={(params) => <TextField {...params} autoFocus={autoFocus} label={label} required={required} error={Boolean(error)} helperText={error ? <Named text={error} /> : (none && offersAdding ? <First add={add} onAdd={() => setAdding('')} /> : help)} />}
      />
      {adding !== null && (
        <Suspense>
          <AddDialog def={def} title={adding} onAdded={({ id }) => onChange([id])} onClose={() => setAdding(null)} />
        </Suspense>
      )}
    </>
  );
}

/** Offers to add the first record, when there is none to choose from. */
const First = ({ add, onAdd }: { add: string; onAdd: () => void }) => (
  <>{t('None yet:')} <button type="button" className="link" onClick={onAdd}>{add}</button></>
);
