import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';

interface Options {
  href?: (record: RecordData) => string | undefined;
  toggle?: (index: number) => void;
  label: string;
}

/** j and k move through the rows, Enter opens one, x selects it. */
export function useRowKeys(rows: RecordData[], { href, toggle, label }: Options) {
  const [chosen, setActive] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const navigate = useNavigate();
  const active = Math.min(chosen, Math.max(0, rows.length - 1));

  const isInside = () => body.current?.contains(document.activeElement) ?? false;
  const move = (step: number) => {
    const next = isInside() ? Math.min(Math.max(active + step, 0), rows.length - 1) : active;
    setActive(next);
    const row = body.current?.rows[next];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const open = () => {
    const row = rows[active];
    const to = row && href?.(row);
    if (to && isInside()) void navigate(to);
  };

  useShortcuts([
    { keys: 'j', text: t('Next row'), group: label, run: () => move(1) },
    { keys: 'k', text: t('Previous row'), group: label, run: () => move(-1) },
    { keys: 'Enter', text: t('Open the row'), group: label, run: open },
    { keys: 'e', text: t('Edit the row'), group: label, run: open },
    ...(toggle ? [{ keys: 'x', text: t('Select the row'), group: label, run: () => isInside() && toggle(active) }] : []),
  ]);
  return { body, active, setActive };
}
