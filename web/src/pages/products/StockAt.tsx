import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { utcDateTime } from '@/engine/inputs/dateTimeText';
import { messageOf } from '@/api/problem';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { stockAt } from './stock';

/** Shows the stock at a chosen moment. */
export function StockAt({ id }: { id: number }) {
  const [local, setLocal] = useState('');
  const { data, error } = useQuery({
    queryKey: ['products', 'stockAt', id, local],
    queryFn: () => stockAt(id, utcDateTime(local)),
    enabled: local !== '',
    retry: false,
  });
  return (
    <div className="stock-at">
      <label>{t('Stock at')} <input type="datetime-local" value={local} onChange={(e) => setLocal(e.target.value)} /></label>
      <output className="strong num">{local && (error ? messageOf(error) : data ? number(data.stock) : '…')}</output>
    </div>
  );
}
