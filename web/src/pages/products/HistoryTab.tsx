import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { HistoryCard } from '@/pages/audit/HistoryCard';

/** Who changed the product, its price first of all. */
export default function HistoryTab({ record }: { record: RecordData }) {
  return (
    <div className="stack">
      <HistoryCard resource="products" id={record.id} field="price" title={t('Price history')} />
      <HistoryCard resource="products" id={record.id} title={t('All changes')} />
    </div>
  );
}
