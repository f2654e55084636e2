import { useDataProvider, useListContext, useRefresh } from 'ra-core';
import { bulk, type BulkOutcome, type Verdict } from '@/api/dataProvider';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { revertRequests } from '@/api/revert';
import { untilDone } from '@/api/untilDone';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { showResults } from '@/ui/results';
import { recordKey, toast, toastError, type Toast } from '@/toast/toasts';
import { whyOfVerdict } from '../history/whyOf';
import { recordPath, recordTitle } from '../record';

type Patch = Record<string, unknown>;

export type BulkChange = { patch: Patch | ((record: RecordData) => Patch) } | { action: 'delete' | 'restore' };

/**
 * Changes the selected records, each on its own. Reports which were refused and why, and
 * offers to undo the others. The refused ones stay selected.
 */
export function useBulk(def: ResourceDef) {
  const { selectedIds, onSelect } = useListContext<RecordData>();
  const dataProvider = useDataProvider();
  const refresh = useRefresh();
  const canRevert = useMay()('audit:revert');

  return (change: BulkChange) => untilDone(async () => {
    try {
      const ids = selectedIds as number[];
      const { data: before } = await dataProvider.getMany<RecordData>(def.name, { ids });
      const { verdicts, requests } = await apply(def, change, ids, before);
      onSelect(verdicts.filter((v) => v.error && !v.unknown).map((v) => v.id));
      refresh();
      const changed = new Set(verdicts.filter((v) => !v.error).map((v) => v.id));
      const undo = () => untilDone(async () => {
        const back = canRevert && requests
          ? await revert(requests)
          : (await apply(def, inverse(change), [...changed], before.filter((r) => changed.has(r.id)))).verdicts;
        refresh();
        report(def, before, back, (n) => plural(n, 'Undone for {n} record', 'Undone for {n} records'));
      });
      report(def, before, verdicts, (n) => done(change, n), { label: t('Undo'), run: undo });
    } catch (error) {
      toastError(error);
    }
  });
}

function done(change: BulkChange, n: number) {
  if (!('action' in change)) return plural(n, '{n} changed', '{n} changed');
  return change.action === 'delete' ? plural(n, '{n} deleted', '{n} deleted') : plural(n, '{n} restored', '{n} restored');
}

function report(def: ResourceDef, records: RecordData[], verdicts: Verdict[], said: (n: number) => string, undo?: Toast['action']) {
  const changed = verdicts.filter((v) => !v.error).map((v) => recordKey(def.name, v.id));
  const succeeded = changed.length;
  const failed = verdicts.length - succeeded;
  toast(said(succeeded), succeeded ? 'success' : 'error', succeeded ? undo : undefined, changed);
  if (failed === 0) return;
  const byId = new Map(records.map((r) => [r.id, r]));
  showResults({
    title: plural(failed, '{n} was not changed', '{n} were not changed'),
    refused: verdicts.flatMap(({ id, error, unknown }) => {
      const record = byId.get(id);
      return error ? [{ id, name: record ? recordTitle(def, record) : `${def.label} ${id}`, to: recordPath(def.name, id), error: whyOfVerdict(error, def), unknown }] : [];
    }),
    done: { n: succeeded, state: t('Done') },
  });
}

/** Changes the records; those with the same patch are sent together. */
async function apply(def: ResourceDef, change: BulkChange, ids: number[], records: RecordData[]): Promise<BulkOutcome> {
  if ('action' in change || typeof change.patch !== 'function') return bulk(def.name, ids, change);
  const groups = new Map<string, number[]>();
  for (const record of records) {
    const patch = JSON.stringify(change.patch(record));
    groups.set(patch, [...(groups.get(patch) ?? []), record.id]);
  }
  const all: BulkOutcome = { verdicts: [], requests: [] };
  for (const [patch, members] of groups) {
    const { verdicts, requests } = await bulk(def.name, members, { patch: JSON.parse(patch) as Patch });
    all.verdicts.push(...verdicts);
    all.requests = requests && all.requests && [...all.requests, ...requests];
  }
  return all;
}

/** Undoes requests through the audit log. Records that somebody has changed since are not changed. */
async function revert(requests: string[]): Promise<Verdict[]> {
  return (await revertRequests(requests)).map(({ record_id: id, error }) => ({ id, error }));
}

/** The change that restores the earlier values, for people who may not revert through the audit log. */
function inverse(change: BulkChange): BulkChange {
  if ('action' in change) return { action: change.action === 'delete' ? 'restore' : 'delete' };
  const { patch } = change;
  return {
    patch: (record) => {
      const names = Object.keys(typeof patch === 'function' ? patch(record) : patch);
      return Object.fromEntries(names.map((name) => [name, record[name]]));
    },
  };
}
