import { useRef, useState, type HTMLAttributes } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useGetList } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { money, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';

interface Product extends RecordData {
  sku: string;
  name: string;
  price: number;
  stock: number;
}

/** Finds products on sale by SKU or name; Enter adds one and is ready for the next. */
export function AddProduct({ onAdd }: { onAdd: (product: number) => unknown }) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const q = text.trim();
  const { data = [], isFetching } = useGetList<Product>('products', {
    filter: { q, is_active: true },
    pagination: { page: 1, perPage: 12 },
    sort: { field: 'name', order: 'ASC' },
  }, { enabled: q !== '' });
  useShortcuts([{ keys: '/', text: t('Add a product'), group: t('Cart'), run: () => input.current?.focus() }]);

  const pick = (product: Product | null) => {
    if (!product) return;
    setText('');
    onAdd(product.id);
  };
  return (
    <Autocomplete
      options={q ? data : []}
      value={null}
      inputValue={text}
      onInputChange={(_, value, reason) => reason !== 'selectOption' && setText(value)}
      onChange={(_, product) => pick(product)}
      filterOptions={(all) => all}
      autoHighlight
      clearOnBlur={false}
      blurOnSelect={false}
      popupIcon={null}
      loading={isFetching}
      loadingText={t('Searching…')}
      noOptionsText={q ? t('No product on sale matches') : t('Type a SKU or a name')}
      getOptionKey={(product) => product.id}
      getOptionLabel={(product) => product.name}
      slotProps={{ clearIndicator: { 'aria-label': t('Clear the search') } }}
      renderOption={({ key, ...props }: HTMLAttributes<HTMLLIElement> & { key: unknown }, product) => (
        <li key={String(key)} {...props}><Found product={product} /></li>
      )}
      renderInput={(params) => <TextField {...params} inputRef={input} label={t('Add a product')} placeholder={t('SKU or name; Enter adds it')} />}
    />
  );
}

const Found = ({ product }: { product: Product }) => (
  <span className="cart-found">
    <span>
      <strong>{product.name}</strong>
      <span className="muted">{product.sku}</span>
    </span>
    <span className="num">{money(product.price)}</span>
    <span className={product.stock > 0 ? 'muted num' : 'cart-none num'}>{product.stock > 0 ? t('{n} in stock', { n: number(product.stock) }) : t('Out of stock')}</span>
  </span>
);
