import { useDataProvider, useListContext } from 'ra-core';
import { plural, t } from '@/i18n/t';
import { number } from '@/i18n/format';
import type { RecordData } from '@/api/definitions';
import { toast, toastError } from '@/toast/toasts';

export const mostAtOnce = 200;

/**
 * Selects the first records of the whole list, in its order, besides what is selected.
 * ra-core's onSelectAll keeps a selection of its own when the list has no storeKey.
 */
export function useSelectMany() {
  const { resource, sort, filterValues, selectedIds, onSelect } = useListContext<RecordData>();
  const dataProvider = useDataProvider();
  return async () => {
    try {
      const { data, total = 0 } = await dataProvider.getList<RecordData>(resource, { pagination: { page: 1, perPage: mostAtOnce }, sort, filter: filterValues as object });
      onSelect([...new Set([...selectedIds, ...data.map((r) => r.id)])]);
      toast(total > data.length
        ? t('The first {n} of the list are selected', { n: number(data.length) })
        : plural(data.length, '{n} is selected: the whole list', '{n} are selected: the whole list'));
    } catch (error) {
      toastError(error);
    }
  };
}
