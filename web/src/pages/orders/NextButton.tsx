import Button from '@mui/material/Button';
import { t } from '@/i18n/t';
import type { Order } from './types';
import { useQueueSteps } from './useQueueSteps';

/** A link to the next order once this one has left its queue, or to the list if there is none. */
export function NextButton({ order }: { order: Order }) {
  const { data, goNext, list } = useQueueSteps(order);
  const [label, key, run] = data && !data.next ? [t('Back to the list'), 'u', list] as const : [t('Next order'), 'n', goNext] as const;
  return (
    <Button className="order-next" variant="contained" aria-keyshortcuts={key} disabled={!data} onClick={run}>
      {label}<kbd className="button-key" aria-hidden="true">{key}</kbd>
    </Button>
  );
}
