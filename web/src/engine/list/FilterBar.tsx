import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import FilterIcon from '@mui/icons-material/FilterList';
import { useListContext } from 'ra-core';
import type { FieldDef, ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { describeFilter, filteredFields, offeredFields, without, type Filters } from './filters';
import { ReferenceNames } from './ReferenceNames';
import { SearchField } from './SearchField';

const FilterEditor = lazy(() => import('./FilterEditor'));

interface Props {
  def: ResourceDef;
  search?: ReactNode; // instead of the usual search field
  hide?: string[]; // fields that tabs above the list already filter by
}

/** Search, the filters in force, and a menu that adds one for any filterable field. */
export function FilterBar({ def, search, hide = [] }: Props) {
  const { filterValues, setFilters } = useListContext();
  const filters = filterValues as Filters;
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const [editing, setEditing] = useState<{ field: FieldDef; anchor: HTMLElement } | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const may = useMay();
  const fields = offeredFields(def).filter((f) => !hide.includes(f.name) && (f.type !== 'reference' || may(`${f.reference}:read`)));
  const active = filteredFields(def, filters).filter((f) => !hide.includes(f.name) && f.name !== 'deleted_at');

  const apply = (field: FieldDef, values: Filters) => {
    setFilters({ ...without(field, filters), ...values });
    setEditing(null);
  };
  const remove = (field: FieldDef) => {
    apply(field, {});
    add.current?.focus(); // the button that was pressed is gone
  };
  const pick = (field: FieldDef) => {
    if (menu) setEditing({ field, anchor: menu });
    setMenu(null);
  };

  return (
    <>
      {search ?? (def.fields.some((f) => f.searchable) && <SearchField def={def} />)}
      {active.map((field) => (
        <span key={field.name} className="filter-chip">
          <button onClick={(e) => setEditing({ field, anchor: e.currentTarget })} title={t('Change this filter')}>
            {field.type === 'reference' && filters[field.name] !== undefined
              ? <ReferenceNames field={field} value={filters[field.name]} />
              : describeFilter(field, filters)}
          </button>
          <button aria-label={t('Remove the filter by {label}', { label: field.label })} onClick={() => remove(field)}>✕</button>
        </span>
      ))}
      {fields.length > 0 && (
        <Button ref={add} startIcon={<FilterIcon />} aria-haspopup="menu" onClick={(e) => setMenu(e.currentTarget)}>{t('Filter')}</Button>
      )}
      <Menu anchorEl={menu} open={menu !== null} onClose={() => setMenu(null)}>
        {fields.map((field) => <MenuItem key={field.name} onClick={() => pick(field)}>{field.label}</MenuItem>)}
      </Menu>
      {editing && (
        <Suspense>
          <FilterEditor
            field={editing.field}
            anchor={editing.anchor}
            filters={filters}
            onApply={(values) => apply(editing.field, values)}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </>
  );
}
