import { useDataProvider, useListContext } from 'ra-core';
import { useEffect, useRef } from 'react';
import { plural, t } from '@/i18n/t';
import { number } from '@/i18n/format';
import { uncounted } from '@/api/dataProvider';
import type { RecordData } from '@/api/definitions';
import { dismiss, toast, toastError } from '@/toast/toasts';

export const mostAtOnce = 1_000;
const perPage = 200;

/**
 * Adds the first records of the whole list, in its order, to the selection, and clears it. While the list is on
 * screen, a message offers to select again what was cleared, if that were several rows. ra-core's
 * onSelectAll cannot be used: without a storeKey it has a selection of its own.
 */
export function useSelectMany() {
  const { resource, sort, filterValues, selectedIds, onSelect, onUnselectItems } = useListContext<RecordData>();
  const dataProvider = useDataProvider();
  const now = useRef(selectedIds);
  const said = useRef(0); // the last message
  useEffect(() => {
    now.current = selectedIds;
  });
  useEffect(() => () => dismiss(said.current), []);

  const clear = () => {
    dismiss(said.current);
    onUnselectItems();
    if (selectedIds.length < 2) return;
    const run = () => onSelect([...new Set([...now.current, ...selectedIds])]);
    said.current = toast(t('Selection of {n} rows cleared', { n: number(selectedIds.length) }), 'info', { label: t('Undo'), run });
  };

  const selectMany = async () => {
    try {
      const ids: number[] = [];
      let more = true;
      for (let page = 1; more && ids.length < mostAtOnce; page++) {
        const { data, pageInfo } = await dataProvider.getList<RecordData>(resource, {
          pagination: { page, perPage }, sort, filter: filterValues as object, meta: uncounted,
        });
        ids.push(...data.map((r) => r.id));
        more = pageInfo?.hasNextPage ?? false;
      }
      onSelect([...new Set([...selectedIds, ...ids])]);
      dismiss(said.current);
      said.current = toast(more
        ? t('The first {n} of the list are selected', { n: number(ids.length) })
        : plural(ids.length, '{n} is selected: the whole list', '{n} are selected: the whole list'));
    } catch (error) {
      toastError(error);
    }
  };
  return { selectMany, clear };
}
