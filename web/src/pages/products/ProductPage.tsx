import { lazy } from 'react';
import { Link } from 'react-router';
import { DeletedNotice } from '@/engine/form/DeletedNotice';
import { DeleteButton } from '@/engine/form/DeleteButton';
import { Facts } from '@/engine/form/Facts';
import { Referring } from '@/engine/form/Referring';
import { RecordForm } from '@/engine/form/RecordForm';
import { RecordFrame } from '@/engine/form/RecordFrame';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';
import './products.css';

const StockTab = lazy(() => import('./StockTab'));

export default function ProductPage() {
  const may = useMay();
  const explained = (record: RecordData) => may('inventory-movements:read') && !record.deleted_at;
  return (
    <RecordFrame
      actions={(record, def) => !record.deleted_at && <Referring def={def} record={record} but={['inventory-movements', 'order-items']} />}
      beside={(record) => <Beside record={record} explained={explained(record)} />}
      parts={(record) => (explained(record)
        ? [{ key: 'stock', label: t('Stock: {n}', { n: number(record.stock as number) }), content: <StockTab record={record} /> }]
        : [])}
      historyOf={{ field: 'price', title: t('Price history') }}
      historyWithout={(record) => explained(record) && <Movements record={record} />}
    >
      {(record, def) => (record.deleted_at ? <DeletedNotice def={def} record={record} /> : <Details def={def} record={record} />)}
    </RecordFrame>
  );
}

const Movements = ({ record }: { record: RecordData }) => (
  <>{t('Sales, receipts and counts are under')} <Link className="link" to={`/products/${record.id}?tab=stock`}>{t('Stock')}</Link>.</>
);

/** What a product is. How many there are stands here only if there is no tab that says it. */
function Beside({ record, explained }: { record: RecordData; explained: boolean }) {
  const { deleted_at: deleted, stock, low_stock_at: low } = record as RecordData & { stock: number; low_stock_at: number | null };
  return (
    <>
      <span className="muted">{String(record.sku as string)}</span>
      {deleted
        ? <Chip value="" tone="red" label={t('Deleted')} />
        : <Chip value="" tone={record.is_active ? 'green' : 'grey'} label={record.is_active ? t('Active') : t('Inactive')} />}
      {!explained && <span className="muted num">{plural(stock, '{n} in stock', '{n} in stock')}</span>}
      {!deleted && stock === 0 && <Chip value="" tone="red" label={t('Out of stock')} />}
      {!deleted && stock > 0 && low !== null && stock <= low && <Chip value="" tone="amber" label={t('Low stock')} />}
    </>
  );
}

function Details({ def, record }: { def: ResourceDef; record: RecordData }) {
  const may = useMay();
  if (!may('products:update')) return <Facts def={def} record={record} all except="stock" />;
  return (
    <RecordForm
      key={record.id}
      def={def}
      record={record}
      side={<Facts def={def} record={record} except="stock" />}
      actions={<DeleteButton def={def} record={record} />}
    />
  );
}
