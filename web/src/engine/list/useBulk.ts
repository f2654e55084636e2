import { useDataProvider, useListContext, useRefresh } from 'ra-core';
import { bulk, type BulkAnswer } from '@/api/dataProvider';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { plural, t } from '@/i18n/t';
import { showResults } from '@/ui/results';
import { toast, toastError } from '@/toast/toasts';
import { recordTitle } from '../record';

export type BulkChange = { patch: Record<string, unknown> } | { action: 'delete' | 'restore' };

/**
 * Changes the selected records, each on its own; says which were refused and why,
 * and offers to undo the rest.
 */
export function useBulk(def: ResourceDef) {
  const { selectedIds, onUnselectItems } = useListContext<RecordData>();
  const dataProvider = useDataProvider();
  const refresh = useRefresh();

  return async (change: BulkChange) => {
    try {
      const ids = selectedIds as number[];
      const { data: before } = await dataProvider.getMany<RecordData>(def.name, { ids });
      const answer = await bulk(def.name, ids, change);
      onUnselectItems();
      refresh();
      const done = before.filter((r) => answer.results.some((v) => v.id === r.id && v.status < 400));
      report(def, answer, before, async () => {
        await undo(def, change, done);
        refresh();
        toast(plural(done.length, 'Undone for {n} record', 'Undone for {n} records'));
      });
    } catch (error) {
      toastError(error);
    }
  };
}

function report(def: ResourceDef, answer: BulkAnswer, before: RecordData[], run: () => Promise<void>) {
  const undoable = answer.succeeded > 0 ? { label: t('Undo'), run } : undefined;
  toast(plural(answer.succeeded, '{n} changed', '{n} changed'), answer.succeeded ? 'success' : 'error', undoable);
  if (answer.failed === 0) return;
  showResults({
    title: plural(answer.failed, '{n} was not changed', '{n} were not changed'),
    rows: answer.results.map((v) => {
      const record = before.find((r) => r.id === v.id);
      return { id: v.id, name: record ? recordTitle(def, record) : `${def.label} ${v.id}`, error: v.error?.detail ?? v.error?.title };
    }),
  });
}

/** Gives every record back what it had; records that had the same go together. */
async function undo(def: ResourceDef, change: BulkChange, before: RecordData[]) {
  const ids = before.map((r) => r.id);
  if ('action' in change) {
    await bulk(def.name, ids, { action: change.action === 'delete' ? 'restore' : 'delete' });
    return;
  }
  const groups = new Map<string, number[]>();
  for (const record of before) {
    const old = JSON.stringify(Object.fromEntries(Object.keys(change.patch).map((name) => [name, record[name]])));
    groups.set(old, [...(groups.get(old) ?? []), record.id]);
  }
  for (const [old, members] of groups) await bulk(def.name, members, { patch: JSON.parse(old) as unknown });
}
