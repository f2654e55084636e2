import { useEffect } from 'react';
import { useListContext } from 'ra-core';
import { useLocation } from 'react-router';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useDensity } from '@/ui/density';
import { Cell } from '@/ui/Skeletons';
import { widthClass, type Column } from './columns';
import { recordTitle } from '../record';
import { queue } from './queue';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import { useFits } from './useFits';
import { useRowKeys } from './useRowKeys';
import { useSelection } from './useSelection';

interface Props {
  def: ResourceDef;
  columns: Column[];
  searching?: boolean;
  selectable?: boolean;
  href?: (record: RecordData) => string | undefined;
}

/** The records of the surrounding list. Every row can be reached and opened with the keyboard. */
export function Table({ def, columns, searching = false, selectable = true, href }: Props) {
  const { data, isPending, isFetching, isPlaceholderData, perPage } = useListContext<RecordData>();
  const { pathname, search } = useLocation();
  const [density] = useDensity();
  const [watch, fits] = useFits();
  const selection = useSelection(data ?? []);
  const keys = useRowKeys(data ?? [], { href, toggle: selectable ? selection.toggle : undefined, label: def.label_plural });
  useEffect(() => {
    if (data) queue.set({ resource: def.name, ids: data.map((r) => r.id), path: pathname + search });
  }, [data, def.name, pathname, search]);
  const stale = searching || (isFetching && (isPlaceholderData ?? false));
  return (
    <div className={`table-scroll ${density} ${stale ? 'stale' : ''} ${fits ? 'fits' : ''}`}>
      <table ref={watch} key={isPending ? 'still' : 'rows'} className="grid" aria-label={def.label_plural} aria-busy={isPending || stale}>
        <TableHead columns={columns} selection={selectable ? selection : undefined} />
        <tbody ref={keys.body}>
          {isPending
            ? <SkeletonRows rows={Math.min(perPage, 25)} columns={columns} selectable={selectable} />
            : data?.map((record, index) => (
              <TableRow
                key={record.id}
                record={record}
                title={recordTitle(def, record)}
                columns={columns}
                href={href?.(record)}
                active={index === keys.active}
                onFocus={() => keys.setActive(index)}
                selected={selection.has(record.id)}
                onSelect={selectable ? (range) => selection.toggle(index, range) : undefined}
              />
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** Bars about as wide as the values to come, so that the columns hardly move when those arrive. */
const SkeletonRows = ({ rows, columns, selectable }: { rows: number; columns: Column[]; selectable: boolean }) => (
  <>
    {Array.from({ length: rows }, (_, row) => (
      <tr key={row} className="still" aria-label={t('Loading')}>
        {selectable && <td className="check" />}
        {columns.map((column, i) => (
          <td key={column.key} className={[column.end && 'end', column.primary && 'primary', widthClass(column)].filter(Boolean).join(' ') || undefined}>
            <Cell width={`${(column.primary ? 140 : column.end ? 30 : 70) + ((row * 37 + i * 13) % 5) * (column.primary ? 30 : 8)}px`} />
          </td>
        ))}
      </tr>
    ))}
  </>
);
