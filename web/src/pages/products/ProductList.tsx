import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import CountIcon from '@mui/icons-material/FactCheckOutlined';
import { Link } from 'react-router';
import type { RecordData } from '@/api/definitions';
import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';
import { ActiveSwitch } from './ActiveSwitch';
import { BulkPrice } from './BulkPrice';
import { InlinePrice } from './InlinePrice';
import './products.css';

/** The list of products, in which prices and the active state can be edited. */
export function ProductList() {
  const may = useMay();
  const canUpdate = may('products:update');
  const explained = may('inventory-movements:read');
  const columns = (generic: Column[]) => generic.map((column) => {
    switch (column.key) {
      case 'stock':
        return { ...column, render: (r: RecordData) => <Stock record={r} explained={explained && !r.deleted_at} /> };
      case 'low_stock_at':
        return { ...column, hidden: true };
      case 'price':
        return canUpdate ? { ...column, render: (r: RecordData) => editable(r, <InlinePrice key={r.id} record={r} />, column) } : column;
      case 'is_active':
        return canUpdate ? { ...column, render: (r: RecordData) => editable(r, <ActiveSwitch record={r} />, column) } : column;
      default:
        return column;
    }
  });
  const count = may('stock:count') && <Button startIcon={<CountIcon />} component={Link} to="/stocktake">{t('Count stock')}</Button>;
  return <ResourceList columns={columns} bulkActions={canUpdate && <BulkPrice />} actions={count} />;
}

/** Deleted products cannot be edited. */
const editable = (record: RecordData, input: ReactNode, column: Column) => (record.deleted_at ? column.render(record) : input);

function Stock({ record, explained }: { record: RecordData; explained: boolean }) {
  const stock = record.stock as number;
  const low = record.low_stock_at as number | null;
  return (
    <span className="stock">
      {stock === 0 && <Chip value="" tone="red" label={t('Out')} />}
      {stock > 0 && low !== null && stock <= low && <Chip value="" tone="amber" label={t('Low')} />}
      {explained ? <Link to={`/products/${record.id}?tab=stock`} tabIndex={-1}>{number(stock)}</Link> : number(stock)}
    </span>
  );
}
