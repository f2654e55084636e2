import { useRef, useState } from 'react';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import DismissIcon from '@mui/icons-material/Close';
import { plural, t } from '@/i18n/t';
import type { UnknownSku } from '@/pages/sheet/rows';
import { ProductSearch, type FoundProduct } from './ProductSearch';

interface Sheet<Row> {
  dismiss: (at: number) => void;
  mend: (at: number, product: FoundProduct) => Row;
}

interface Props<Row> {
  all: UnknownSku[];
  sheet: Sheet<Row>;
  onMended: (row: Row) => void;
}

/** Lists the SKUs without a product until each is found or dismissed, since a person who scans does not watch the screen. */
export const UnknownSkus = <Row,>({ all, sheet, onMended }: Props<Row>) => all.map((one, i) => (
  <Unknown key={one.sku.toLowerCase()} one={one} onFound={(product) => onMended(sheet.mend(i, product))} onDismiss={() => sheet.dismiss(i)} />
));

/** Says beside what is booked that some of what came or was counted is not. */
export const UnknownLeft = ({ n }: { n: number }) =>
  n > 0 && <span className="unknown-left">{plural(n, '{n} SKU has no product yet: find it, or dismiss it.', '{n} SKUs have no product yet: find each, or dismiss it.')}</span>;

function Unknown({ one, onFound, onDismiss }: { one: UnknownSku; onFound: (product: FoundProduct) => void; onDismiss: () => void }) {
  const { sku, units, line, why } = one;
  const [seeking, setSeeking] = useState(false);
  const [unknown, setUnknown] = useState(sku); // the SKU that was looked for last
  const input = useRef<HTMLInputElement>(null);
  const came = [line !== undefined && t('Line {n}', { n: line }), units && t('Units: {units}', { units })].filter(Boolean);
  return (
    <div className="form-error unknown-sku">
      <span>
        <span role="alert">{why ? t('“{sku}” could not be looked up: {why}', { sku, why }) : t('No product has the SKU “{sku}”.', { sku: unknown })}</span>
        {came.length > 0 && <span className="unknown-came">{came.join(' · ')}</span>}
      </span>
      {!seeking && <Button variant="outlined" aria-label={t('Find the product of {sku}', { sku })} onClick={() => setSeeking(true)}>{t('Find the product…')}</Button>}
      <IconButton aria-label={t('Dismiss {sku}', { sku })} onClick={onDismiss}><DismissIcon /></IconButton>
      {seeking && (
        <ProductSearch
          autoFocus
          bare
          initial={sku}
          label={t('Product of {sku}', { sku })}
          placeholder={t('SKU or name')}
          none={t('No product matches')}
          input={input}
          onPick={onFound}
          onUnknown={setUnknown}
        />
      )}
    </div>
  );
}
