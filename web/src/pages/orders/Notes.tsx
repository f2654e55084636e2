import { useQuery } from '@tanstack/react-query';
import { t } from '@/i18n/t';
import { timelineOf } from './timeline';
import { isReaddressed, isUnpacked, type Order } from './types';

/** What whoever packs an order has to read before, oldest first, as on the packing slip. */
export function Notes({ order }: { order: Order }) {
  const { data } = useQuery(timelineOf(order.id));
  const notes = isUnpacked(order.status) && data ? data.items.filter((event) => event.kind === 'note' && !isReaddressed(event)).reverse() : [];
  if (notes.length === 0) return null;
  return (
    <div className="order-notes" role="group" aria-label={t('Notes')}>
      {notes.map((event) => <p key={event.id}>{event.note}</p>)}
    </div>
  );
}
