import { useEffect, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import { ListBase, useListContext, useResourceContext } from 'ra-core';
import { isUnknown } from '@/api/attempt';
import type { ListMeta } from '@/api/dataProvider';
import { canSort, type RecordData, type ResourceDef } from '@/api/definitions';
import { isProblem, messageOf, OfflineError } from '@/api/problem';
import { inSentence, words } from '@/i18n/format';
import { PageHead } from '@/ui/PageHead';
import { LoadFailed } from '@/ui/LoadFailed';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { defaultSort, recordPath, useDefOf } from '../record';
import { BulkBar } from './BulkBar';
import { columnsOf, useColumns, type Column } from './columns';
import { FilterBar } from './FilterBar';
import { EmptyList } from './EmptyList';
import { ListActions } from './ListActions';
import { Pager, rangeText, totalText, useRows } from './Pager';
import { Table } from './Table';
import { inTrash, trashColumns } from './trash';

interface ListProps {
  /** Changes the columns that the definitions give. */
  columns?: (generic: Column[]) => Column[];
  /** Replaces the resource's own definition, with fields that this list filters in another way. */
  def?: ResourceDef;
  /** Shown above the filters, such as tabs. */
  above?: ReactNode;
  /** Shown before the filters, in place of the usual search field. */
  search?: ReactNode;
  /** Set while the values to filter by are being looked up and the rows are still the old ones. */
  searching?: boolean;
  /** Fields by which `above` filters already. */
  hideFilters?: string[];
  bulkActions?: ReactNode;
  selectable?: boolean;
  actions?: ReactNode;
  filterDefaultValues?: object;
  sort?: { field: string; order: 'ASC' | 'DESC' };
  empty?: ReactNode;
}

/** The list of a resource, built from its definitions. */
export function ResourceList(props: ListProps) {
  const own = useDefOf(useResourceContext() ?? '');
  const def = props.def ?? own;
  const [rows] = useRows();
  return (
    <ListBase
      resource={def.name}
      perPage={rows}
      sort={props.sort ?? defaultSort(def)}
      filterDefaultValues={props.filterDefaultValues}
      queryOptions={failures}
      storeKey={false}
      disableAuthentication
    >
      <ListView {...props} def={def} />
    </ListBase>
  );
}

/**
 * A failed request is reported once, in place of the list. A toast is for other errors only, such as
 * a page too far to reach directly, for which ra-core goes to the first page.
 */
const failures = {
  onError: (error: Error) => {
    if (!isProblem(error) && !(error instanceof OfflineError)) toastError(error);
  },
};

function ListView({ def, columns, above, search, searching, hideFilters, bulkActions, selectable, actions, empty }: ListProps & { def: ResourceDef }) {
  const { data, error, meta, isPending, isPlaceholderData, page, perPage, refetch, sort, filterValues, setFilters, selectedIds } = useListContext<RecordData>();
  const unsorted = canSort(def, sort.field) ? '' : words(sort.field);
  useEffect(() => {
    if (unsorted) toast(t('This list can no longer be sorted by “{field}”. It is in its usual order.', { field: unsorted }), 'info');
  }, [unsorted]);
  const trash = inTrash(filterValues as object);
  const generic = trash ? trashColumns(columnsOf(def)) : columnsOf(def);
  const all = columns ? columns(generic) : generic;
  const chosen = useColumns(def.name, all);
  const may = useMay();
  const canSelect = selectable ?? (def.operations.includes('bulk') && (may(`${def.name}:update`) || may(`${def.name}:delete`)));
  const { estimate = false, total } = (meta ?? {}) as ListMeta;
  const kept = data !== undefined && isUnknown(error); // rows from before the server stopped answering
  const filtered = Object.keys(filterValues as object).length > 0;
  const title = trash ? t('Deleted {plural}', { plural: inSentence(def.label_plural) }) : def.label_plural;
  const later = page > 1 ? (page - 1) * perPage + 1 : 0; // the first row of a page that is not the first
  const rows = later && data?.length ? rangeText(later, later + data.length - 1, total, estimate) : total === undefined ? '' : totalText(total, estimate);
  const count = rows && t('{n} {plural}', { n: rows, plural: inSentence(total === 1 ? def.label : def.label_plural) });
  return (
    <>
      <span className="visually-hidden" role="status">{selectedIds.length > 0 ? plural(selectedIds.length, '{n} selected', '{n} selected') : later && isPlaceholderData ? '' : count}</span>
      <PageHead title={title} beside={<span className="total">{total !== undefined && totalText(total, estimate)}</span>}>
        <ListActions def={def} columns={all} chosen={chosen}>{actions}</ListActions>
      </PageHead>
      <div className="list-card">
        {above}
        <div className="list-tools"><FilterBar def={def} hide={hideFilters} search={search} /></div>
        {kept && !(error instanceof OfflineError) && (
          <div className="form-error" role="alert">{messageOf(error)} <Button onClick={() => refetch()}>{t('Try again')}</Button></div>
        )}
        {error && !kept
          ? (
            <LoadFailed title={t('The list could not be loaded')} error={faultyFilters(error) ?? error} onRetry={refetch}>
              {isProblem(error, 'invalid') && filtered && <Button variant="outlined" onClick={() => setFilters({})}>{t('Remove all filters')}</Button>}
            </LoadFailed>
          )
          : !isPending && data?.length === 0
            ? (empty ?? <EmptyList def={def} />)
            : <Table def={def} columns={chosen.shown} searching={searching} selectable={canSelect} href={(r) => recordPath(def.name, r.id)} />}
        {(!error || kept) && <Pager />}
      </div>
      {canSelect && <BulkBar def={def}>{bulkActions}</BulkBar>}
    </>
  );
}

/** For filters in the address that the list does not have, or whose values it cannot read, an error that names them; else undefined. */
function faultyFilters(error: unknown): Error | undefined {
  const places = isProblem(error, 'invalid') ? (error.body.errors ?? []).map(({ location = '' }) => location) : [];
  const names = places.flatMap((place) => (place.startsWith('query.') ? place.slice('query.'.length) : []));
  return names.length > 0 ? new Error(t('The address has a filter that this list does not know or cannot read: {names}.', { names: names.join(', ') })) : undefined;
}
