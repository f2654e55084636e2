import { useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import UndoIcon from '@mui/icons-material/Undo';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ResourceDef } from '@/api/definitions';
import { useDef } from '@/engine/record';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';
import { deedOf, doneTo, historyOf, isBeginning, type AuditEntry } from './audit';
import { Diff } from './Diff';
import { useRevert } from './useRevert';
import { Who } from './Who';

interface Props {
  resource: string;
  id: number;
  alone?: FieldHistory;
  without?: ReactNode;
}

/** A field whose changes can be shown alone, and what they are called. */
export interface FieldHistory {
  field: string;
  title: string;
}

const allChanges = () => t('All changes');

/** The changes of a record, or of one of its fields alone: by whom and when, newest first. `without` says what is found elsewhere. */
export default function HistoryCard({ resource, id, alone, without }: Props) {
  const [isAlone, setAlone] = useState(false);
  const def = useDef(resource);
  const field = isAlone ? alone?.field : undefined;
  const { data, error, isPending, refetch } = useQuery({ queryKey: [resource, 'history', id, field], queryFn: () => historyOf(resource, id, field), retry: false });
  const entries = data?.items ?? [];
  const latest = latestOf(entries);
  const changed = new Set(entries.flatMap(({ changes }) => changes.map((c) => c.field)));
  const offered = alone && (isAlone || data?.next_cursor || (changed.has(alone.field) && changed.size > 1));
  return (
    <section className="card">
      <header>
        <h2>{isAlone && alone ? alone.title : allChanges()}</h2>
        {offered && <Button className="history-other" variant="outlined" onClick={() => setAlone(!isAlone)}>{isAlone ? allChanges() : alone.title}</Button>}
      </header>
      <div className="card-body">
        {isPending && <LinesSkeleton />}
        {error && <PartFailed error={error} onRetry={refetch} />}
        {data && entries.length === 0 && <p className="muted">{t('No changes yet.')}</p>}
        {entries.map((entry) => <Entry key={entry.id} entry={entry} def={def} field={field} isLatest={latest.has(entry.id)} />)}
        {data && !isAlone && without && <p className="muted">{without}</p>}
        {data?.next_cursor && <p><Link className="link" to={doneTo(resource, id, field)}>{t('See older changes in the audit log')}</Link></p>}
      </div>
    </section>
  );
}

function Entry({ entry, def, field, isLatest }: { entry: AuditEntry; def?: ResourceDef; field?: string; isLatest: boolean }) {
  const { can, revert, busy, refusal } = useRevert(entry, def);
  const shown = field ? entry.changes.filter((c) => c.field === field) : entry.changes;
  // Only an entry that is shown in full can be reverted. A revert itself cannot: a second
  // click would undo the first.
  const offered = can && isLatest && entry.action !== 'revert' && shown.length === entry.changes.length;
  return (
    <div className="history-entry">
      <div className="history-head">
        <span>
          <span className="strong">{deedOf(entry.action)}</span>{' '}
          <span className="muted">{t('by')} <Who entry={entry} /> · {dateTime(entry.created_at)}</span>
        </span>
        {offered && <Button variant="outlined" startIcon={<UndoIcon />} disabled={busy} onClick={revert}>{t('Revert')}</Button>}
      </div>
      {refusal}
      <Diff changes={shown} def={def} isNew={isBeginning(entry)} />
    </div>
  );
}

/** The entries of which no field was changed later. The server refuses to revert the others. */
function latestOf(newestFirst: AuditEntry[]): Set<number> {
  const seen = new Set<string>();
  const latest = newestFirst.filter(({ changes }) => {
    const isLatest = changes.every((c) => !seen.has(c.field));
    changes.forEach((c) => seen.add(c.field));
    return isLatest;
  });
  return new Set(latest.map((entry) => entry.id));
}
