import type { MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { widthClass, type Column } from './columns';

interface Props {
  record: RecordData;
  title: string;
  columns: Column[];
  href?: string;
  active: boolean;
  selected: boolean;
  onFocus: () => void;
  onSelect?: (range: boolean) => void;
}

export function TableRow({ record, title, columns, href, active, selected, onFocus, onSelect }: Props) {
  const navigate = useNavigate();
  const open = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (!href || target.closest('a, button, input, label, select, [role="dialog"]') || window.getSelection()?.toString()) return;
    void navigate(href);
  };
  const className = [selected && 'selected', !href && 'still'].filter(Boolean).join(' ');
  return (
    <tr className={className || undefined} tabIndex={active ? 0 : -1} onClick={open} onFocus={onFocus} data-id={record.id}>
      {onSelect && (
        <td className="check">
          <label>
            <input
              type="checkbox"
              aria-label={t('Select {title}', { title })}
              checked={selected}
              onClick={(event) => onSelect(event.shiftKey)}
              onChange={() => undefined}
            />
          </label>
        </td>
      )}
      {columns.map((column) => {
        const value = column.render(record);
        const content = column.primary && href ? <Link to={href} tabIndex={-1}>{value}</Link> : value;
        const className = [column.end && 'end', column.primary && 'primary', column.heads && 'heads', column.bare && 'bare', column.wide && 'wide-only', widthClass(column)].filter(Boolean).join(' ');
        return (
          <td key={column.key} className={className || undefined} data-label={column.label}>
            {column.long ? <span className="clip">{content}</span> : content}
          </td>
        );
      })}
    </tr>
  );
}
