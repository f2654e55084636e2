import { useRefresh, useUpdate } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { isProblem, messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

/** Changes one field of a product in its list, says so, and can undo it; answers why it could not. */
export function useInlineUpdate() {
  const [update] = useUpdate<RecordData>();
  const refresh = useRefresh();

  return async (record: RecordData, field: string, value: unknown, said: string): Promise<string> => {
    const change = (from: RecordData, to: unknown) =>
      update('products', { id: from.id, data: { [field]: to }, previousData: from }, { returnPromise: true }) as Promise<RecordData>;
    try {
      const saved = await change(record, value);
      toast(said, 'success', { label: t('Undo'), run: () => change(saved, record[field]).then(refresh) });
      return '';
    } catch (error) {
      if (!isProblem(error, 'version_mismatch')) return messageOf(error);
      refresh();
      return t('A colleague changed this product meanwhile. You see it as it is now; change it again if you still want to.');
    }
  };
}
