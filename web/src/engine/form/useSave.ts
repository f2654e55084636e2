import { useEffect, useState } from 'react';
import { useCreate, useUpdate } from 'ra-core';
import type { UseFormReturn } from 'react-hook-form';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { isProblem, OfflineError, refusalOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { toastError } from '@/toast/toasts';
import { givenOf } from '../validate';

export type Values = Record<string, unknown>;

/** A save that was refused because somebody else had changed the record. */
export interface Conflict {
  base: RecordData; // what the person started from
  mine: Values;
  theirs: RecordData; // as it is now
}

/** Saves a form. Refusals are shown at the fields concerned, or above them until one is edited; a conflict is returned to the caller. */
export function useSave(def: ResourceDef, form: UseFormReturn<Values>, shown: readonly string[]) {
  const [update, updating] = useUpdate<RecordData>();
  const [create, creating] = useCreate<RecordData>();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => form.watch(() => setFailure('')).unsubscribe, [form]);

  async function attempt(call: () => Promise<RecordData | void>): Promise<RecordData | undefined> {
    setFailure('');
    try {
      return (await call()) ?? undefined;
    } catch (error) {
      if (error instanceof OfflineError) {
        toastError(error); // not a message above the form, which would stay when the server is back
        return undefined;
      }
      const { errors, failure } = refusalOf(error, shown);
      const taken = isProblem(error, 'conflict'); // then an error at a field means that another record has this value
      Object.entries(errors).forEach(([name, said], i) => {
        const message = taken ? t('{value} is already used by another record.', { value: String(form.getValues(name)) }) : said;
        form.setError(name, { type: 'server', message }, { shouldFocus: i === 0 });
      });
      setFailure(failure);
      return undefined;
    }
  }

  const saveNew = (data: Values) => attempt(() => create(def.name, { data: givenOf(def, data) }, { returnPromise: true }));

  const saveChanges = (data: Values, base: RecordData) => attempt(async () => {
    try {
      return await update(def.name, { id: base.id, data, previousData: base }, { returnPromise: true });
    } catch (error) {
      if (!isProblem(error, 'version_mismatch') || !error.body.current) throw error;
      setConflict({ base, mine: data, theirs: error.body.current as RecordData });
      return undefined;
    }
  });

  return { saveNew, saveChanges, saving: updating.isPending || creating.isPending, failure, conflict, endConflict: () => setConflict(null) };
}
