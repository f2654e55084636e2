import { useRefresh, useUpdate } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { recordKey, toast } from '@/toast/toasts';

/** Why a field could not be changed, and the record as it is now if a colleague was faster. */
interface Refused {
  error: unknown;
  theirs?: RecordData;
}

/**
 * Changes one field of a product in the list, with a toast that offers to undo it. Returns why it
 * failed, or null. Changes that a colleague made to other fields meanwhile are no obstacle.
 */
export function useInlineUpdate() {
  const [update] = useUpdate<RecordData>();
  const refresh = useRefresh();

  return async (record: RecordData, field: string, value: unknown, said: string): Promise<Refused | null> => {
    const change = (from: RecordData, to: unknown) =>
      update('products', { id: from.id, data: { [field]: to }, previousData: from }, { returnPromise: true }) as Promise<RecordData>;
    const changeNow = async () => {
      try {
        return await change(record, value);
      } catch (error) {
        const now = currentOf(error);
        if (now && now[field] === value) return now; // it was changed before, and the answer was lost
        if (!now || now[field] !== record[field]) throw error;
        return change(now, value);
      }
    };
    try {
      const saved = await changeNow();
      toast(said, 'success', { label: t('Undo'), run: () => change(saved, record[field]).then(refresh) }, [recordKey('products', record.id)]);
      return null;
    } catch (error) {
      const now = currentOf(error);
      if (!now) return { error };
      refresh();
      return { error: new Error(t('A colleague has changed this product. You now see the current version. If your change is still needed, make it again.')), theirs: now };
    }
  };
}

const currentOf = (error: unknown) => (isProblem(error, 'version_mismatch') ? (error.body.current as RecordData | undefined) : undefined);
