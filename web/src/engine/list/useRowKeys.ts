import { useEffect, useRef, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { isFocusFree } from '@/keys/keepFocus';
import { useShortcuts } from '@/keys/shortcuts';
import { useGo } from '@/keys/useGo';
import { place as kept, placeOf } from './queue';

interface Options {
  href?: (record: RecordData) => string | undefined;
  toggle?: (index: number) => void;
  label: string;
}

/** j and k move through the rows, Enter and e open one, x selects it. Coming back focuses the same row again. */
export function useRowKeys(rows: RecordData[], { href, toggle, label }: Options) {
  const { pathname, search, state } = useLocation();
  const list = pathname + search;
  const back = useNavigationType() === NavigationType.Pop || (state as { back?: boolean } | null)?.back;
  const [place, setPlace] = useState(() => (back && kept.get().list === list ? kept.get() : placeOf(list, [], 0)));
  const returns = useRef(place.id !== 0);
  const body = useRef<HTMLTableSectionElement>(null);
  const goTo = useGo();
  const found = rows.findIndex((row) => row.id === place.id);
  // When the row is gone, the one that has moved into its place is active.
  const next = found >= 0 ? found : rows.findIndex((row) => place.after.includes(row.id));
  const active = next >= 0 ? next : Math.min(place.index, Math.max(0, rows.length - 1));

  const isInside = () => body.current?.contains(document.activeElement) ?? false;
  const setActive = (index: number) => {
    const now = placeOf(list, rows.map((row) => row.id), index);
    kept.set(now);
    setPlace(now);
  };
  const focus = (index: number) => {
    const row = body.current?.rows[index];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const move = (step: number) => focus(isInside() ? Math.min(Math.max(active + step, 0), rows.length - 1) : active);
  useEffect(() => {
    const lost = place.id !== 0 && rows.length > 0 && (found < 0 || returns.current);
    if (!lost) return;
    returns.current = false;
    if (isFocusFree()) focus(active);
  }, [rows, place.id, found, active]);
  const open = () => {
    const row = rows[active];
    const to = row && href?.(row);
    if (to && isInside()) goTo(to);
  };

  useShortcuts([
    { keys: 'j', text: t('Next row'), group: label, repeats: true, run: () => move(1) },
    { keys: 'k', text: t('Previous row'), group: label, repeats: true, run: () => move(-1) },
    { keys: 'Enter', text: t('Open the row'), group: label, run: open },
    { keys: 'e', text: t('Edit the row'), group: label, run: open },
    ...(toggle ? [{ keys: 'x', text: t('Select the row'), group: label, run: () => isInside() && toggle(active) }] : []),
  ]);
  return { body, active, setActive };
}
