import IconButton from '@mui/material/IconButton';
import DismissIcon from '@mui/icons-material/Close';
import { t } from '@/i18n/t';
import type { UnknownSku } from '@/pages/sheet/rows';

/** Says of each that there is no such product, until it is dismissed: who scans does not look at every one. */
export const UnknownSkus = ({ all, onChange }: { all: UnknownSku[]; onChange: (left: UnknownSku[]) => void }) => all.map(({ sku, why }, i) => (
  <div key={i} className="form-error unknown-sku" role="alert">
    <span>{why ? t('“{sku}” could not be looked up: {why}', { sku, why }) : t('No product has the SKU “{sku}”.', { sku })}</span>
    <IconButton aria-label={t('Dismiss {sku}', { sku })} onClick={() => onChange(all.filter((_, j) => j !== i))}><DismissIcon /></IconButton>
  </div>
));
