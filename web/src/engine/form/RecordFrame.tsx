import type { ReactNode } from 'react';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { NoRecord } from '@/ui/NoRecord';
import { PageHead } from '@/ui/PageHead';
import { PageSkeleton } from '@/ui/Skeletons';
import { useWayBack } from '../list/queue';
import { recordTitle } from '../record';
import type { FieldHistory } from '../history/HistoryCard';
import { Neighbours } from './Neighbours';
import { RecordTabs, type Part } from './RecordTabs';
import { useRecord } from './useRecord';

interface Props {
  beside?: (record: RecordData, def: ResourceDef) => ReactNode;
  actions?: (record: RecordData, def: ResourceDef) => ReactNode;
  parts?: (record: RecordData, def: ResourceDef) => Part[]; // more tabs, besides the details and the history
  historyOf?: FieldHistory; // a field whose changes can be shown alone
  historyWithout?: (record: RecordData) => ReactNode; // says what the history leaves out, and where that is
  children: (record: RecordData, def: ResourceDef) => ReactNode;
}

/** The page of one record: its heading and tabs, or why it cannot be shown. */
export function RecordFrame({ beside, actions, parts, historyOf, historyWithout, children }: Props) {
  const { def, record, error, isPending, refetch } = useRecord();
  const crumb = { label: def.label_plural, to: useWayBack(def.name, record?.id) ?? `/${def.name}` };
  if (isPending) return <PageSkeleton />;
  if (!record) return <NoRecord label={inSentence(def.label)} error={error} onRetry={refetch} back={crumb} />;
  return (
    <>
      <PageHead title={recordTitle(def, record)} crumb={crumb} beside={beside?.(record, def)}>
        <Neighbours def={def} record={record} />
        {actions?.(record, def)}
      </PageHead>
      <RecordTabs key={record.id} def={def} record={record} parts={parts?.(record, def)} historyOf={historyOf} historyWithout={historyWithout?.(record)}>
        {children(record, def)}
      </RecordTabs>
    </>
  );
}
