import { useRef } from 'react';
import { useListContext } from 'ra-core';
import { t } from '@/i18n/t';
import { ProductSearch } from '@/pages/products/ProductSearch';
import { toast } from '@/toast/toasts';

/** Filters the surrounding list to the movements of one product. */
export default function OfProduct() {
  const { filterValues, setFilters } = useListContext();
  const input = useRef<HTMLInputElement>(null);
  const none = t('No product matches');
  return (
    <ProductSearch
      bare
      label={t('Movements of a product')}
      group={t('List')}
      placeholder={t('Product: SKU or name')}
      none={none}
      input={input}
      onPick={(product) => {
        input.current?.blur();
        setFilters({ ...(filterValues as object), product_id: String(product.id) });
      }}
      onUnknown={(text) => toast(`${none}: ${text}`, 'error')}
    />
  );
}
