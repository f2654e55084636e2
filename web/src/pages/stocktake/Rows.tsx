import { t } from '@/i18n/t';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { stepUnits } from '@/pages/sheet/arrows';
import { CountedRow } from './CountedRow';
import type { Row } from './rows';
import type { Stocktake } from './stocktake';

/** The row whose count the person is to type now. */
export interface Turn {
  key: string;
}

interface Props {
  rows: Row[];
  apart: boolean;
  stocktake: Stocktake;
  turn: Turn | null;
  onPick: (product: FoundProduct) => void; // a product that was scanned while a row had the focus
  onNext: () => void; // called when the count is typed
}

/** The counts next to the stock in the books, and what became of each row. The arrow keys move between the counts. */
export function Rows({ rows, turn, onNext, ...shared }: Props) {
  const counts = new Map<number, number>();
  for (const { product: { id } } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  const isAnother = (row: Row) => (counts.get(row.product.id) ?? 0) > 1 && rows.findLast(({ product }) => product.id === row.product.id) !== row;
  return (
    <div className="table-scroll">
      <table className="grid scan-lines stocktake-rows" aria-label={t('Products that are counted')} onKeyDown={(event) => stepUnits(event, onNext)}>
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col" className="end">{t('In the books')}</th>
            <th scope="col" className="end">{t('Counted')}</th>
            <th scope="col" className="end">{t('Difference')}</th>
            <th scope="col"><span className="visually-hidden">{t('Result')}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CountedRow key={row.key} row={row} another={isAnother(row)} turn={turn?.key === row.key ? turn : null} onNext={onNext} {...shared} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
