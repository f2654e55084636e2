import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { DeletedNotice } from '@/engine/form/DeletedNotice';
import { DeleteButton } from '@/engine/form/DeleteButton';
import { Facts } from '@/engine/form/Facts';
import { RecordForm } from '@/engine/form/RecordForm';
import { RecordFrame } from '@/engine/form/RecordFrame';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';
import { LinesSkeleton } from '@/ui/Skeletons';
import { Tabs as TabList } from '@/ui/Tabs';
import './products.css';

const StockTab = lazy(() => import('./StockTab'));
const HistoryTab = lazy(() => import('./HistoryTab'));

export default function ProductPage() {
  return (
    <RecordFrame beside={(record) => <Beside record={record} />}>
      {(record, def) => (record.deleted_at ? <DeletedNotice def={def} record={record} /> : <Tabs def={def} record={record} />)}
    </RecordFrame>
  );
}

const Beside = ({ record }: { record: RecordData }) => (
  <>
    <span className="muted">{String(record.sku as string)}</span>
    {record.deleted_at
      ? <Chip value="" tone="red" label={t('Deleted')} />
      : <Chip value="" tone={record.is_active ? 'green' : 'grey'} label={record.is_active ? t('Active') : t('Inactive')} />}
    <span className="muted num">{plural(record.stock as number, '{n} in stock', '{n} in stock')}</span>
  </>
);

function Tabs({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const tabs = [
    { key: 'details', label: t('Details') },
    ...(may('inventory-movements:read') ? [{ key: 'stock', label: t('Stock: {n}', { n: number(record.stock as number) }) }] : []),
    ...(may('audit:read') ? [{ key: 'history', label: t('History') }] : []),
  ];
  const wanted = params.get('tab');
  const tab = wanted !== null && tabs.some(({ key }) => key === wanted) ? wanted : 'details'; // a colleague's link may name one that is not offered
  return (
    <>
      <TabList bare label={t('Parts of the product')} name="tab" panel="panel" tabs={tabs} chosen={tab} onChoose={(key) => setParams(key === 'details' ? {} : { tab: key })} />
      {/* What is typed in the form stays while one looks at the stock. */}
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
        <div hidden={tab !== 'details'}><Details def={def} record={record} /></div>
        <Suspense fallback={<LinesSkeleton />}>
          {tab === 'stock' && <StockTab record={record} />}
          {tab === 'history' && <HistoryTab record={record} />}
        </Suspense>
      </div>
    </>
  );
}

function Details({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay();
  if (!may('products:update')) return <Facts def={def} record={record} all />;
  return (
    <RecordForm
      key={record.id}
      def={def}
      record={record}
      side={<Facts def={def} record={record} />}
      actions={<DeleteButton def={def} record={record} />}
    />
  );
}
