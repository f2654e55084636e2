import ArrowDown from '@mui/icons-material/ArrowDownward';
import ArrowUp from '@mui/icons-material/ArrowUpward';
import { useListContext } from 'ra-core';
import { useEffect, useRef } from 'react';
import { t } from '@/i18n/t';
import { widthClass, type Column } from './columns';
import type { Selection } from './useSelection';

export function TableHead({ columns, selection }: { columns: Column[]; selection?: Selection }) {
  return (
    <thead className={!selection && columns.filter((c) => c.sortBy).length < 2 ? 'alone' : undefined}>
      <tr>
        {selection && <th scope="col" className="check"><SelectPage selection={selection} /></th>}
        {columns.map((column) => <HeadCell key={column.key} column={column} />)}
      </tr>
    </thead>
  );
}

function SelectPage({ selection }: { selection: Selection }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = selection.page === 'some';
  }, [selection.page]);
  return (
    <label>
      <input
        ref={box}
        type="checkbox"
        aria-label={t('Select all on this page')}
        checked={selection.page === 'all'}
        onChange={selection.togglePage}
      />
    </label>
  );
}

function HeadCell({ column }: { column: Column }) {
  const { sort, setSort } = useListContext();
  const { sortBy, label } = column;
  const sorted = sortBy !== undefined && sort.field === sortBy;
  const ascending = sort.order === 'ASC';
  const className = [column.end && 'end', widthClass(column)].filter(Boolean).join(' ') || undefined;
  if (!sortBy) return <th scope="col" className={className}>{label}</th>;
  return (
    <th scope="col" className={className} aria-sort={sorted ? (ascending ? 'ascending' : 'descending') : undefined}>
      <button onClick={() => setSort({ field: sortBy, order: sorted && ascending ? 'DESC' : 'ASC' })}>
        {label}
        {sorted && (ascending ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />)}
      </button>
    </th>
  );
}
