import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import { useListContext } from 'ra-core';
import { offers, type RecordData, type ResourceDef } from '@/api/definitions';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useMay } from '@/session/session';
import { inTrash } from './trash';
import { useBulk, type BulkChange } from './useBulk';
import { mostAtOnce, useSelectMany } from './useSelectMany';

const BulkChangeDialog = lazy(() => import('./BulkChangeDialog'));

/** The actions for the selected rows, in a bar that floats above the list. */
export function BulkBar({ def, children }: { def: ResourceDef; children?: ReactNode }) {
  const { selectedIds, total, data, filterValues } = useListContext<RecordData>();
  const [changing, setChanging] = useState(false);
  const may = useMay();
  const bulk = useBulk(def);
  const [busy, setBusy] = useState(false);
  const run = async (change: BulkChange) => {
    setBusy(true);
    await bulk(change);
    setBusy(false);
  };
  const { selectMany, clear } = useSelectMany();
  const bar = useRef<HTMLDivElement>(null);
  useShortcuts([
    { keys: 'Escape', text: t('Clear the selection'), group: t('List'), run: clear },
    { keys: 'b', text: t('Go to the actions for the selection'), group: t('List'), run: () => bar.current?.querySelector<HTMLElement>('button:enabled')?.focus() },
  ], selectedIds.length > 0);
  if (selectedIds.length === 0) return null;

  const trash = inTrash(filterValues as object);
  const canUpdate = !trash && offers(def, 'update') && may(`${def.name}:update`);
  const canDelete = may(`${def.name}:delete`) && offers(def, 'delete');
  const pageSelected = data?.every((r) => selectedIds.includes(r.id)) ?? false;
  const elsewhere = selectedIds.filter((id) => !data?.some((r) => r.id === id)).length;
  const more = pageSelected && total !== undefined && selectedIds.length < Math.min(total, mostAtOnce);
  const active = canUpdate ? def.fields.find((f) => f.name === 'is_active' && f.updatable) : undefined;
  return (
    <div ref={bar} className="bulk-bar" role="toolbar" aria-label={t('Selected rows')}>
      <strong>{busy ? plural(selectedIds.length, 'Changing {n}…', 'Changing {n}…') : plural(selectedIds.length, '{n} selected', '{n} selected')}</strong>
      {elsewhere > 0 && (
        <span className="muted elsewhere">
          {elsewhere === selectedIds.length ? t('none on this page') : plural(elsewhere, '{n} of them is not on this page', '{n} of them are not on this page')}
        </span>
      )}
      {more && <Button onClick={selectMany}>{total > mostAtOnce ? t('Select the first {n}', { n: number(mostAtOnce) }) : t('Select all {n}', { n: number(total) })}</Button>}
      {!trash && children}
      {active && <Button disabled={busy} onClick={() => run({ patch: { is_active: true } })}>{t('Activate')}</Button>}
      {active && <Button disabled={busy} onClick={() => run({ patch: { is_active: false } })}>{t('Deactivate')}</Button>}
      {canUpdate && <Button disabled={busy} onClick={() => setChanging(true)}>{t('Change…')}</Button>}
      {canDelete && !trash && <Button color="error" disabled={busy} onClick={() => run({ action: 'delete' })}>{t('Delete')}</Button>}
      {canDelete && trash && <Button disabled={busy} onClick={() => run({ action: 'restore' })}>{t('Restore')}</Button>}
      <Button onClick={clear}>{t('Clear')}</Button>
      {changing && <Suspense><BulkChangeDialog def={def} count={selectedIds.length} onChange={run} onClose={() => setChanging(false)} /></Suspense>}
    </div>
  );
}
