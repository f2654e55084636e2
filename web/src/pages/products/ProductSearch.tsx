import { useEffect, useRef, useState, type HTMLAttributes, type KeyboardEvent, type RefObject } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import SearchIcon from '@mui/icons-material/Search';
import { useGetList } from 'ra-core';
import { best } from '@/api/dataProvider';
import type { RecordData } from '@/api/definitions';
import { api, listItem, type Query } from '@/api/http';
import { messageOf } from '@/api/problem';
import { money, number } from '@/i18n/format';
import { plain } from '@/i18n/match';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';
import { toast, toastError } from '@/toast/toasts';
import { CutOff } from '@/ui/CutOff';
import './products.css';
import './scanned.css';

export interface FoundProduct extends RecordData {
  sku: string;
  name: string;
  price: number;
  stock: number;
}

/** How many are shown: the best. */
const shown = 12;

/** Stands for the products that match and are not shown. */
const others: FoundProduct = { id: -1, sku: '', name: '', price: 0, stock: 0 };

interface Props {
  label: string; // says what choosing a product does
  bare?: boolean; // without a visible label, as the placeholder is enough
  group?: string; // of the shortcut that focuses the input; without a group there is none
  initial?: string; // a text to correct, which stays until a product is found
  placeholder: string;
  none: string; // shown when nothing matches
  filter?: Query;
  scanning?: boolean; // without a highlighted option, Enter takes the text for a code, never for a name
  autoFocus?: boolean;
  input: RefObject<HTMLInputElement | null>;
  onPick: (product: FoundProduct) => unknown;
  onUnknown: (sku: string) => void;
  onFailed?: (sku: string, why: string) => void; // the look-up failed; without this a toast says so, and the text comes back
  onSeveral?: (q: string, matches: number) => void; // says that a choice is needed; without this a toast does
}

/**
 * Finds products by SKU or name, and is ready for the next one at once. Enter takes the option that
 * was reached with the arrow keys, else the product with exactly this SKU, even if a scanner types
 * faster than the search answers, else the only product of that name, or else the only one found, if the text
 * is a part of its name. Nothing is guessed: a part of a code finds no product, and of several the person has to choose.
 */
export function ProductSearch(
  { label, bare = false, group, initial, placeholder, none, filter = {}, scanning = false, autoFocus, input, onPick, onUnknown, onFailed, onSeveral = scanning ? refuse : askToChoose }: Props,
) {
  const [text, setText] = useState(initial ?? '');
  const [returned, giveBack] = useState({ text: '' });
  const [open, setOpen] = useState(false);
  const pointed = useRef<FoundProduct | null>(null);
  const q = text.trim();
  const { data = [], pageInfo, error, isFetching } = useGetList<FoundProduct>('products', {
    filter: { ...filter, q },
    pagination: { page: 1, perPage: shown },
    sort: { field: 'name', order: 'ASC' },
    meta: best,
  }, { enabled: q !== '' && (open || q !== initial) });
  const only = open && !scanning ? named(data, q) : undefined;
  useShortcuts([{ keys: '/', text: label, group: group ?? '', run: () => input.current?.focus() }], group !== undefined);

  useEffect(() => {
    if (initial !== undefined) input.current?.select();
  }, [initial, input]);
  useEffect(() => {
    if (returned.text && input.current?.value === returned.text) input.current.select(); // so that the next scan replaces it
  }, [returned, input]);

  const type = (value: string) => {
    pointed.current = null;
    setText(value);
  };
  const pick = (product: FoundProduct) => {
    type('');
    onPick(product);
  };
  const enter = async () => {
    if (pointed.current) return pick(pointed.current);
    if (!q) return undefined;
    const choice = data.length > 0 && !only && !data.some((product) => isSku(product, q));
    if (choice || initial !== undefined) input.current?.select(); // so that the next scan replaces it
    else type('');
    try {
      const product = (await withSku(q, filter)) ?? only;
      if (!product) return choice ? onSeveral(q, data.length) : onUnknown(q);
      return onPick(product);
    } catch (error) {
      if (onFailed) return onFailed(q, messageOf(error));
      toastError(error);
      setText((since) => since || q);
      return giveBack({ text: q });
    }
  };
  const onKeyDown = (event: KeyboardEvent & { defaultMuiPrevented?: boolean }) => {
    if (!isEnter(event)) return;
    event.defaultMuiPrevented = true;
    event.preventDefault();
    void enter();
  };
  return (
    <Autocomplete
      open={open && q !== ''}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={only ? [only, ...data.filter((product) => product !== only)] : q ? [...data, ...(pageInfo?.hasNextPage ? [others] : [])] : []}
      getOptionDisabled={(product) => product === others}
      value={null}
      inputValue={text}
      onInputChange={(_, value, reason) => reason !== 'selectOption' && type(value)}
      onHighlightChange={(_, product, reason) => { pointed.current = reason === 'keyboard' ? product : null; }}
      onChange={(_, product) => product && pick(product)}
      onKeyDown={onKeyDown}
      filterOptions={(all) => all}
      autoHighlight={only !== undefined}
      clearOnBlur={false}
      blurOnSelect={false}
      forcePopupIcon={false}
      loading={isFetching}
      loadingText={t('Searching…')}
      noOptionsText={error ? messageOf(error) : none}
      getOptionKey={(product) => product.id}
      getOptionLabel={(product) => product.name}
      slotProps={{ clearIndicator: { 'aria-label': t('Clear the search') } }}
      renderOption={({ key, ...props }: HTMLAttributes<HTMLLIElement> & { key: unknown }, product) => (
        <li key={String(key)} {...props}>{product === others ? <CutOff shown={shown} /> : <Found product={product} />}</li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          inputRef={input}
          autoFocus={autoFocus}
          label={bare ? undefined : label}
          placeholder={placeholder}
          slotProps={{ ...params.slotProps, ...(bare && { input: { ...params.slotProps.input, startAdornment: <SearchIcon className="scan-icon" aria-hidden /> } }), htmlInput: { ...params.slotProps.htmlInput, ...(bare && { 'aria-label': label }) } }}
        />
      )}
    />
  );
}

/** The only product of this name, or else the only one found, if the text is a part of its name. */
function named(found: FoundProduct[], q: string): FoundProduct | undefined {
  const name = plain(q);
  const same = found.filter((product) => plain(product.name) === name);
  if (same.length > 0) return same.length === 1 && found.length < shown ? same[0] : undefined; // there may be another that is not shown
  return found.length === 1 ? found.find((product) => plain(product.name).includes(name)) : undefined;
}

const choose = (q: string) => t('“{sku}” is not a SKU: choose with the arrow keys.', { sku: q });
const refuse = (q: string) => toast(choose(q), 'error');
const askToChoose = (q: string, matches: number) => toast(matches > 1 ? t('Several products match “{q}”: choose with the arrow keys.', { q }) : choose(q), 'info');

const isSku = (product: FoundProduct, sku: string) => product.sku.toLowerCase() === sku.toLowerCase();

/** The product with this SKU, in upper or lower case. */
export async function withSku(sku: string, filter: Query = {}): Promise<FoundProduct | undefined> {
  for (const query of [{ sku: listItem(sku) }, { q: sku }]) {
    const { items } = await api.get<{ items: FoundProduct[] }>('/products', { ...filter, ...query, limit: 50, count: 'none' });
    const same = items.find((product) => isSku(product, sku));
    if (same) return same;
  }
  return undefined;
}

const Found = ({ product }: { product: FoundProduct }) => (
  <span className="found">
    <span>
      <strong>{product.name}</strong>
      <span className="muted">{product.sku}</span>
    </span>
    <span className="num">{money(product.price)}</span>
    <span className={product.stock > 0 ? 'muted num' : 'none-left num'}>{product.stock > 0 ? t('{n} in stock', { n: number(product.stock) }) : t('Out of stock')}</span>
  </span>
);
