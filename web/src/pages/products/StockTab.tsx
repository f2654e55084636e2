import { lazy, Suspense, useState } from 'react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useRefresh } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useMay } from '@/session/session';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { AdjustDialog, movingTitle } from './AdjustDialog';
import { levelNow } from './level';
import { Movements } from './Movements';
import { StockAt } from './StockAt';
import { StocktakeDialog } from './StocktakeDialog';

const StockChart = lazy(() => import('./StockChart'));

/** Answers "why is the stock 47?": every movement, with who made it, why, and the stock after it. */
export default function StockTab({ record }: { record: RecordData }) {
  const may = useMay();
  const refresh = useRefresh();
  const [dialog, setDialog] = useState<'adjust' | 'count' | null>(null);
  const stock = record.stock as number;
  const low = record.low_stock_at as number | null;
  const canMove = may('stock:adjust') || may('stock:receive');
  const moving = movingTitle(may('stock:adjust'));
  const canCount = may('stock:count');
  useShortcuts([
    ...(canMove ? [{ keys: 'a', text: moving, group: t('Stock'), run: () => setDialog('adjust') }] : []),
    ...(canCount ? [{ keys: 't', text: t('Count'), group: t('Stock'), run: () => setDialog('count') }] : []),
  ]);
  const done = () => {
    setDialog(null);
    refresh();
  };
  return (
    <div className="stack">
      <ZoneNotice />
      <section className="card" aria-label={t('Stock')}>
        <div className="stock-head">
          <span className="stock-figure">{number(stock)}</span>
          <Committed id={record.id} stock={stock} />
          <StockAt id={record.id} />
          <span className="spacer" />
          <span className="stock-actions">
            {canCount && <Button variant="outlined" onClick={() => setDialog('count')}>{t('Count…')}</Button>}
            {canMove && <Button variant="contained" onClick={() => setDialog('adjust')}>{t('{title}…', { title: moving })}</Button>}
          </span>
        </div>
        <Suspense fallback={<div className="chart" />}><StockChart id={record.id} stock={stock} low={low} /></Suspense>
      </section>
      <Movements id={record.id} stock={stock} />
      {dialog === 'adjust' && <AdjustDialog record={record} onDone={done} onClose={() => setDialog(null)} />}
      {dialog === 'count' && <StocktakeDialog record={record} onDone={done} onMoved={refresh} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** Says how many more units are on the shelf than in the stock, because their orders are not packed yet. */
function Committed({ id, stock }: { id: number; stock: number }) {
  const { data } = useQuery({ queryKey: ['products', 'level', id, stock], queryFn: () => levelNow(id) });
  if (!data || data.committed === 0) return null;
  return (
    <span className="muted">
      {plural(data.committed, 'and {n} in orders to pack: {all} on the shelf', 'and {n} in orders to pack: {all} on the shelf', { all: number(data.stock + data.committed) })}
    </span>
  );
}
