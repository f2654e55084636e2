import { useListContext } from 'ra-core';
import { useRef } from 'react';
import type { RecordData } from '@/api/definitions';

export interface Selection {
  has: (id: number) => boolean;
  page: 'none' | 'some' | 'all';
  toggle: (index: number, range?: boolean) => void;
  togglePage: () => void;
}

/** Which rows are selected. Shift extends the selection from the row that was toggled last. */
export function useSelection(rows: RecordData[]): Selection {
  const { selectedIds, onSelect, onToggleItem } = useListContext<RecordData>();
  const last = useRef<number | null>(null);
  const has = (id: number) => selectedIds.includes(id);
  const selected = rows.filter((r) => has(r.id)).length;

  const toggle = (index: number, range = false) => {
    const row = rows[index];
    if (!row) return;
    if (range && last.current !== null) {
      const [from, to] = [Math.min(last.current, index), Math.max(last.current, index)];
      onSelect([...new Set([...selectedIds, ...rows.slice(from, to + 1).map((r) => r.id)])]);
    } else {
      onToggleItem(row.id);
    }
    last.current = index;
  };
  const togglePage = () => {
    const ids = rows.map((r) => r.id);
    const rest = selectedIds.filter((id) => !ids.includes(id as number));
    onSelect(selected === rows.length ? rest : [...rest, ...ids]);
  };
  return { has, toggle, togglePage, page: selected === 0 ? 'none' : selected === rows.length ? 'all' : 'some' };
}
