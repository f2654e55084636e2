import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '@/api/problem';
import { useDef } from '@/engine/record';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { LinesSkeleton } from '@/ui/Skeletons';
import { deedOf, doneTo, historyOf } from './audit';
import { Diff } from './Diff';
import { Who } from './Who';

interface Props {
  resource: string;
  id: number;
  title: string;
  field?: string; // only changes of this field
}

/** What was changed on a record, by whom and when, newest first. */
export function HistoryCard({ resource, id, title, field }: Props) {
  const def = useDef(resource);
  const { data, error, isPending } = useQuery({ queryKey: [resource, 'history', id], queryFn: () => historyOf(resource, id), retry: false });
  const entries = (data?.items ?? [])
    .map((entry) => ({ ...entry, changes: field ? entry.changes.filter((c) => c.field === field) : entry.changes }))
    .filter((entry) => !field || entry.changes.length > 0);
  return (
    <section className="card">
      <header><h2>{title}</h2></header>
      <div className="card-body">
        {isPending && <LinesSkeleton />}
        {error && <p>{messageOf(error)}</p>}
        {data && entries.length === 0 && <p className="muted">{t('Nobody has changed it yet.')}</p>}
        {entries.map((entry) => (
          <div key={entry.id} style={{ padding: '6px 0' }}>
            <div>
              <span className="strong">{deedOf(entry.action)}</span>{' '}
              <span className="muted">{t('by')} <Who entry={entry} /> · {dateTime(entry.created_at)}</span>
            </div>
            <Diff changes={entry.changes} def={def} isNew={entry.action === 'create'} />
          </div>
        ))}
        {data?.next_cursor && <p><Link className="link" to={doneTo(resource, id)}>{t('Older changes are in the audit log')}</Link></p>}
      </div>
    </section>
  );
}
