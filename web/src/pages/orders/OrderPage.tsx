import { useState } from 'react';
import Button from '@mui/material/Button';
import PrintIcon from '@mui/icons-material/PrintOutlined';
import type { ResourceDef } from '@/api/definitions';
import { Referring } from '@/engine/form/Referring';
import { useRecord } from '@/engine/form/useRecord';
import { dateTime, inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { Chip } from '@/ui/Chip';
import { NoRecord } from '@/ui/NoRecord';
import { PageHead } from '@/ui/PageHead';
import { PageSkeleton } from '@/ui/Skeletons';
import { AddressCard } from './AddressCard';
import { Age } from './Age';
import { CustomerCard } from './CustomerCard';
import { Lines } from './Lines';
import { OvertakenNotice } from './OvertakenNotice';
import { printSlips } from './printing';
import { PrintHost } from './PrintHost';
import { useWayToList } from './queue';
import { QueueNav } from './QueueNav';
import { Steps } from './Steps';
import { TakeBack } from './TakeBack';
import { Timeline } from './Timeline';
import type { Order } from './types';
import { useNumberKeys } from './useNumberKeys';
import './orders.css';

/** One order: its lines, its customer, its timeline, and the next steps. */
export default function OrderPage() {
  const { def, record, error, isPending, refetch } = useRecord();
  if (isPending) return <PageSkeleton />;
  if (!record) return <NoRecord label={inSentence(def.label)} error={error} onRetry={refetch} back={{ label: def.label_plural, to: '/orders' }} />;
  return <OrderView key={record.id} def={def} order={record as Order} />;
}

function OrderView({ def, order }: { def: ResourceDef; order: Order }) {
  const [failure, setFailure] = useState<unknown>(null);
  const list = useWayToList(order);
  const print = () => printSlips([order]);
  useShortcuts([{ keys: 'p', text: t('Print the packing slip'), group: t('Order'), run: print }]);
  useNumberKeys(t('Order'));
  const beside = (
    <>
      <Chip value={order.status} />
      <span className="muted">{dateTime(order.placed_at)} · <Age placedAt={order.placed_at} status={order.status} /></span>
    </>
  );
  return (
    <>
      <PageHead title={`#${order.number}`} crumb={{ label: t('Orders'), to: list }} beside={beside}>
        <QueueNav order={order} />
        <div className="order-actions">
          <Referring def={def} record={order} but={['order-items']} />
          <Button variant="outlined" startIcon={<PrintIcon />} aria-keyshortcuts="p" onClick={print}>{t('Packing slip')}<kbd className="button-key" aria-hidden="true">p</kbd></Button>
          <TakeBack order={order} />
          <Steps order={order} onFailure={setFailure} />
        </div>
      </PageHead>
      {failure !== null && <OvertakenNotice error={failure} onClose={() => setFailure(null)} />}
      <div className="columns order-columns">
        <Lines order={order} />
        <aside className="stack">
          <AddressCard order={order} />
          <CustomerCard order={order} />
        </aside>
        <Timeline order={order} />
      </div>
      <PrintHost />
    </>
  );
}
