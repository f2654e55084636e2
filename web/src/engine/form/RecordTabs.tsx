import { lazy, Suspense, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import type { FieldHistory } from '../history/HistoryCard';
import { LinesSkeleton } from '@/ui/Skeletons';
import { Tabs } from '@/ui/Tabs';

const HistoryCard = lazy(() => import('../history/HistoryCard'));

export interface Part {
  key: string;
  label: string;
  content: ReactNode;
}

interface Props {
  def: ResourceDef;
  record: RecordData;
  parts?: Part[];
  historyOf?: FieldHistory;
  historyWithout?: ReactNode;
  children: ReactNode;
}

/** The tabs of a record's page: its details, those that only its resource has, and its history. */
export function RecordTabs({ def, record, parts = [], historyOf, historyWithout, children }: Props) {
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const history = {
    key: 'history',
    label: t('History'),
    content: <HistoryCard resource={def.name} id={record.id} alone={historyOf} without={historyWithout} />,
  };
  const others = [...parts, ...(def.history && may('audit:read') ? [history] : [])];
  if (others.length === 0) return children;
  const chosen = others.find(({ key }) => key === params.get('tab')); // a link may name a tab that this person is not offered
  const tab = chosen?.key ?? 'details';
  return (
    <>
      <Tabs
        bare
        label={t('Parts of the {label}', { label: inSentence(def.label) })}
        name="tab"
        panel="panel"
        tabs={[{ key: 'details', label: t('Details') }, ...others]}
        chosen={tab}
        onChoose={(key) => setParams(key === 'details' ? {} : { tab: key })}
      />
      {/* The details are only hidden, so that what was typed in the form stays while another tab is shown. */}
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
        <div hidden={chosen !== undefined}>{children}</div>
        <Suspense fallback={<LinesSkeleton />}>{chosen?.content}</Suspense>
      </div>
    </>
  );
}
