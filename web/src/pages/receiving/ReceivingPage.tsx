import { useCallback, useRef, useState, type ClipboardEvent } from 'react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import ReceiveIcon from '@mui/icons-material/MoveToInboxOutlined';
import { useStore } from 'ra-core';
import { inParallel } from '@/api/inParallel';
import { messageOf } from '@/api/problem';
import { parseInteger } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { ProductSearch, withSku, type FoundProduct } from '@/pages/products/ProductSearch';
import { UnknownSkus } from '@/pages/products/UnknownSkus';
import { intoUnits } from '@/pages/sheet/arrows';
import { OtherTab } from '@/pages/sheet/OtherTab';
import { StartOver } from '@/pages/sheet/StartOver';
import { useSession } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { PageHead } from '@/ui/PageHead';
import { Booking } from './Booking';
import { deliveryOf } from './delivery';
import { Lines, type Turn } from './Lines';
import { pastedRows } from './pasted';
import '@/pages/sheet/sheet.css';

/** Books a delivery of many products: the person finds or scans them, types how many came, and books all at once. */
export default function ReceivingPage() {
  const delivery = deliveryOf(useSession().me.id);
  const { rows: lines, unknown } = delivery.use();
  const busy = delivery.useBusy();
  const [counting, setCounting] = useStore('receiving.scanner', false);
  const [said, setSaid] = useState(() => (lines.length > 0 ? plural(lines.length, '{n} line is here from before.', '{n} lines are here from before.') : ''));
  const [turn, setTurn] = useState<Turn | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const focusSearch = useCallback(() => search.current?.focus(), []);

  const pick = useCallback((product: FoundProduct) => {
    const { key } = delivery.add(product, counting ? 1 : 0);
    setSaid(t('{name} is in the list', { name: product.name }));
    if (!counting) setTurn({ key });
  }, [counting, delivery]);
  const missed = (sku: string, why?: string) => delivery.miss({ sku, why, units: counting ? '1' : undefined });
  const paste = async (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!text.trim().includes('\n')) return;
    event.preventDefault();
    const rows = pastedRows(text);
    const found = await inParallel(rows, async ({ row, line, sku, units }) => {
      try {
        const whole = parseInteger(units) > 0 ? undefined : await withSku(row); // a comma may also be part of the SKU
        if (whole) return () => delivery.add(whole, 0);
        const product = units ? await withSku(sku) : undefined;
        if (!product) return () => delivery.miss({ sku, units, line });
        return () => delivery.addTyped(product, units);
      } catch (error) {
        return () => delivery.miss({ sku, units, line, why: messageOf(error) });
      }
    });
    found.forEach((take) => take());
  };
  const clear = () => {
    delivery.clear();
    setSaid('');
    focusSearch();
  };
  return (
    <>
      <PageHead title={t('Receive goods')}>
        {lines.length > 0 && <StartOver rows={lines} unknown={unknown.length} busy={busy} keep={t('Keep the delivery')} onStart={clear} />}
      </PageHead>
      <div className="columns sheet">
        <section className="card" aria-label={t('Delivery')}>
          <div className="card-body scan-field" onPaste={(event) => void paste(event)} onKeyDown={(event) => intoUnits(event, search.current)}>
            <ProductSearch
              autoFocus
              scanning={counting}
              label={t('What came in?')}
              group={t('Delivery')}
              placeholder={t('SKU or name, or paste rows of SKU and units')}
              none={t('No product matches')}
              input={search}
              onPick={pick}
              onUnknown={(sku) => missed(sku)}
              onFailed={missed}
            />
            <FormControlLabel
              control={<Checkbox checked={counting} onChange={(_, on) => setCounting(on)} />}
              label={t('With a scanner: each scan is one unit')}
            />
            <span role="status" className="visually-hidden">{said}</span>
            <OtherTab sheet={delivery} />
            <UnknownSkus all={unknown} sheet={delivery} onMended={(line) => (counting ? focusSearch() : setTurn(line))} />
          </div>
          {lines.length === 0
            ? <Empty title={t('Nothing in this delivery yet')} text={t('Find or scan a product above; Enter adds it. What you type is kept in this browser until you book it.')} icon={<ReceiveIcon aria-hidden />} />
            : <Lines lines={lines} delivery={delivery} turn={turn} onPick={pick} onNext={focusSearch} />}
        </section>
        <aside><Booking delivery={delivery} onFill={({ key }) => setTurn({ key })} onNext={focusSearch} /></aside>
      </div>
    </>
  );
}
