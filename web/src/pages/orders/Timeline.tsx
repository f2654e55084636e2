import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Actor } from '@/engine/history/Actor';
import { doneTo } from '@/engine/history/audit';
import { ago, dateTime, words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';
import { NoteForm } from './NoteForm';
import { timelineOf } from './timeline';
import { isReaddressed, type Order, type OrderEvent } from './types';

/** What happened to an order, by whom and when, newest first. */
export function Timeline({ order }: { order: Order }) {
  const may = useMay();
  const { data, error, isPending, refetch } = useQuery(timelineOf(order.id));
  return (
    <section className="card" aria-labelledby="order-timeline">
      <header>
        <h2 id="order-timeline">{t('Timeline')}</h2>
        {may('audit:read') && <Link className="link" to={doneTo('orders', order.id)}>{t('Changes in the audit log')}</Link>}
      </header>
      <div className="card-body stack">
        {may('orders:note') && <NoteForm order={order} />}
        {isPending && <LinesSkeleton lines={3} />}
        {error && <PartFailed error={error} onRetry={refetch} />}
        {data && <ol className="timeline">{data.items.map((event) => <Entry key={event.id} event={event} />)}</ol>}
      </div>
    </section>
  );
}

function Entry({ event }: { event: OrderEvent }) {
  return (
    <li className={`event event-${event.kind}`}>
      <div className="event-head">
        <What event={event} />
        <span className="muted"><Actor actor={event.actor} /></span>
        <time className="muted" dateTime={event.created_at} title={dateTime(event.created_at)}>
          {t('{time} ({ago})', { time: dateTime(event.created_at), ago: ago(event.created_at) })}
        </time>
      </div>
      {event.note && !isReaddressed(event) && <p>{event.note}</p>}
    </li>
  );
}

function What({ event }: { event: OrderEvent }) {
  const { kind, from, to } = event;
  if (isReaddressed(event)) return <strong>{t('Delivery address changed')}</strong>;
  if (kind === 'note') return <strong>{t('Note')}</strong>;
  if (kind === 'placed') return <strong>{t('Placed')}</strong>;
  if (kind === 'return') return <strong>{t('Returned')}</strong>;
  return (
    <span className="event-move">
      {from && <span className="muted">{words(from)} <span aria-hidden>→</span><span className="visually-hidden">{t('to')}</span></span>}
      {to && <Chip value={to} />}
    </span>
  );
}
