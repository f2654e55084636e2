import { useCallback, useRef, useState } from 'react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import CountIcon from '@mui/icons-material/FactCheckOutlined';
import { useStore } from 'ra-core';
import { plural, t } from '@/i18n/t';
import { ProductSearch, type FoundProduct } from '@/pages/products/ProductSearch';
import { UnknownSkus } from '@/pages/products/UnknownSkus';
import { intoUnits } from '@/pages/sheet/arrows';
import { OtherTab } from '@/pages/sheet/OtherTab';
import { StartOver } from '@/pages/sheet/StartOver';
import { useSession } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { PageHead } from '@/ui/PageHead';
import { Booking } from './Booking';
import { Rows, type Turn } from './Rows';
import { stocktakeOf } from './stocktake';
import '@/pages/sheet/sheet.css';
import './stocktake.css';

/** Counts a whole shelf: the person scans or finds its products, and books all counts at once. */
export default function StocktakePage() {
  const stocktake = stocktakeOf(useSession().me.id);
  const { rows, apart, unknown } = stocktake.use();
  const busy = stocktake.useBusy();
  const [scanning, setScanning] = useStore('stocktake.scanner', true);
  const [said, setSaid] = useState(() => (rows.length > 0 ? plural(rows.length, '{n} row is here from before.', '{n} rows are here from before.') : ''));
  const [choice, setChoice] = useState(''); // a text that is no SKU, while its matches are shown for a choice
  const [turn, setTurn] = useState<Turn | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const focusSearch = useCallback(() => search.current?.focus(), []);

  const pick = useCallback((product: FoundProduct) => {
    setChoice('');
    const { key, text } = stocktake.add(product, scanning ? 1 : 0);
    setSaid(scanning ? t('{name}: {n} counted', { name: product.name, n: text }) : t('{name} is in the list', { name: product.name }));
    if (!scanning) setTurn({ key });
  }, [scanning, stocktake]);
  const miss = (sku: string, why?: string) => {
    setSaid('');
    stocktake.miss({ sku, why, units: scanning ? '1' : undefined });
  };
  const clear = () => {
    stocktake.clear();
    setChoice('');
    setSaid('');
    focusSearch();
  };
  return (
    <>
      <PageHead title={t('Count stock')}>
        {rows.length > 0 && <StartOver rows={rows} unknown={unknown.length} busy={busy} keep={t('Keep the count')} onStart={clear} />}
      </PageHead>
      <div className="columns sheet stocktake">
        <section className="card" aria-labelledby="stocktake-count">
          <header>
            <h2 id="stocktake-count">{t('On the shelf')}</h2>
            <span className="stocktake-said" role="status">{choice ? t('“{sku}” is not a SKU: choose with the arrow keys.', { sku: choice }) : said}</span>
          </header>
          <div className="card-body scan-field" onKeyDown={(event) => intoUnits(event, search.current)} onInput={() => setChoice('')}>
            <ProductSearch
              autoFocus
              bare
              scanning={scanning}
              label={t('Scan or find a product')}
              group={t('Count')}
              placeholder={t('Scan or type a SKU, or a part of the name')}
              none={t('No product matches')}
              input={search}
              onPick={pick}
              onUnknown={(sku) => miss(sku)}
              onFailed={miss}
              onSeveral={setChoice}
            />
            <FormControlLabel
              control={<Checkbox checked={scanning} onChange={(_, on) => setScanning(on)} />}
              label={t('Each scan counts one unit')}
            />
            <FormControlLabel
              control={<Checkbox checked={!apart} onChange={(_, on) => stocktake.setApart(!on)} />}
              label={t('Units in orders to pack are on the shelf and counted, too')}
            />
            <OtherTab sheet={stocktake} />
            <UnknownSkus all={unknown} sheet={stocktake} onMended={(row) => (scanning ? focusSearch() : setTurn(row))} />
          </div>
          {rows.length === 0
            ? <Empty title={t('Nothing counted yet')} text={t('Scan or find a product above; Enter adds it. What you count is kept in this browser until you book it.')} icon={<CountIcon aria-hidden />} />
            : <Rows rows={rows} apart={apart} stocktake={stocktake} turn={turn} onPick={pick} onNext={focusSearch} />}
        </section>
        <aside><Booking rows={rows} stocktake={stocktake} onNext={clear} /></aside>
      </div>
    </>
  );
}
