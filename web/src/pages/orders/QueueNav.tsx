import { useEffect } from 'react';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Next from '@mui/icons-material/ChevronRight';
import Previous from '@mui/icons-material/ChevronLeft';
import { useQueryClient } from '@tanstack/react-query';
import { useDataProvider } from 'ra-core';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { partsOf, type Neighbours } from './queue';
import { tabOf } from './tabs';
import { timelineOf } from './timeline';
import type { Order } from './types';
import { useQueueSteps } from './useQueueSteps';

/** Links to the previous and the next order of the list from which this one was opened. */
export function QueueNav({ order }: { order: Order }) {
  const client = useQueryClient();
  const dataProvider = useDataProvider();
  const { path, data, goNext, goBack, list } = useQueueSteps(order);
  const next = data?.next;

  // The next order is fetched before the person asks for it, and its notes.
  useEffect(() => {
    if (!next) return;
    void client.prefetchQuery({
      queryKey: ['orders', 'getOne', { id: String(next), meta: undefined }],
      queryFn: async () => (await dataProvider.getOne<Order>('orders', { id: next })).data,
    });
    void client.prefetchQuery(timelineOf(next));
  }, [next, client, dataProvider]);

  useShortcuts([
    { keys: 'n', text: t('Next order in the queue'), group: t('Order'), run: goNext },
    { keys: 'b', text: t('Previous order in the queue'), group: t('Order'), run: goBack },
    { keys: 'u', text: t('Back to the list'), group: t('Order'), run: list },
  ]);
  return (
    <div className="queue-nav" role="group" aria-label={t('Queue')}>
      <span className="muted">{[tabOf(partsOf(path).filter.status)?.label ?? t('Queue'), placeText(data)].filter(Boolean).join(': ')}</span>
      <Tooltip title={t('Previous (b)')}>
        <span><IconButton aria-label={t('Previous order in the queue')} disabled={!data?.previous} onClick={goBack}><Previous /></IconButton></span>
      </Tooltip>
      <Tooltip title={t('Next (n)')}>
        <span><IconButton aria-label={t('Next order in the queue')} disabled={!next} onClick={goNext}><Next /></IconButton></span>
      </Tooltip>
    </div>
  );
}

function placeText({ position, total }: Neighbours = {}) {
  if (total === undefined) return '';
  return position ? t('{n} of {total}', { n: number(position), total: number(total) }) : number(total);
}
