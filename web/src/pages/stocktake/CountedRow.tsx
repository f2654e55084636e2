import { memo, useEffect, useRef, type MouseEvent } from 'react';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import RemoveIcon from '@mui/icons-material/Close';
import { Link } from 'react-router';
import { number, wholeNumberHint } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { Change } from '@/pages/products/Change';
import { tooFew } from '@/pages/products/level';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { ScannedUnits } from '@/pages/products/ScannedUnits';
import { Outcome } from '@/pages/sheet/Outcome';
import { isDone, unitsOf } from '@/pages/sheet/rows';
import { toast } from '@/toast/toasts';
import { differenceOf, isCounted, isShort, soldOf, type Row } from './rows';
import type { Turn } from './Rows';
import type { Stocktake } from './stocktake';

interface Props {
  row: Row;
  apart: boolean; // the units in orders to pack were not counted
  another: boolean; // the same product has an earlier row, below
  stocktake: Stocktake;
  turn: Turn | null;
  onPick: (product: FoundProduct) => void;
  onNext: () => void;
}

export const CountedRow = memo(function CountedRow({ row, apart, another, stocktake, turn, onPick, onNext }: Props) {
  const { key, product, expected, text, state } = row;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (turn) input.current?.select();
  }, [turn]);
  const done = isDone(row);
  const counted = isCounted(row);
  const sold = soldOf(row, apart);
  const short = counted && !done && isShort(row, apart);
  const wrong = text.trim() !== '' && !counted;

  const remove = (event: MouseEvent) => {
    const undo = stocktake.remove(row);
    if (text) toast(t('{name} was removed from the count', { name: product.name }), 'info', { label: t('Undo'), run: undo });
    if (event.detail === 0) onNext(); // by keyboard: the button that had the focus is gone
  };
  const countAgain = () => {
    stocktake.type(key, '');
    input.current?.focus();
  };
  const confirm = (event: MouseEvent) => {
    stocktake.confirm(key);
    if (event.detail === 0) onNext();
  };
  return (
    <tr className={done ? 'still stocktake-done' : 'still'}>
      <td className="primary">
        <Link to={`/products/${product.id}?tab=stock`}>{product.name}</Link>
        <span className="scan-sku">{product.sku}</span>
        {another && !done && <span className="scan-why muted">{t('It was counted before, below: this is another count of it.')}</span>}
        {wrong && <span className="scan-why" id={`wrong-${key}`}>{wholeNumberHint()}</span>}
        {short && <span className="scan-why">{tooFew(sold)}</span>}
        {row.why && <span className="scan-why" role="status">{row.why}</span>}
        {state === 'moved' && (
          <span className="stocktake-look">
            <Button variant="outlined" disabled={!counted} onClick={confirm}>{counted ? t('Still {n}', { n: number(unitsOf(row)) }) : t('Confirm')}</Button>
            <Button variant="outlined" onClick={countAgain}>{t('Count again')}</Button>
          </span>
        )}
      </td>
      <td className="end" data-label={t('In the books')}>
        {number(expected)}
        {sold > 0 && <span className="scan-sku">{plural(sold, 'and {n} to pack', 'and {n} to pack')}</span>}
      </td>
      <td className="end" data-label={t('Counted')}>
        {done ? <span className="strong num scan-done">{number(unitsOf(row))}</span> : (
          <ScannedUnits
            input={input}
            label={t('Counted of {name}', { name: product.name })}
            text={text}
            wrong={wrong ? `wrong-${key}` : undefined}
            readOnly={row.sent !== undefined}
            onChange={(count) => stocktake.type(key, count)}
            onScanned={onPick}
            onEnter={onNext}
          />
        )}
      </td>
      <td className="end stocktake-difference" data-label={t('Difference')}>{counted ? <Difference units={differenceOf(row, apart)} /> : <span className="muted">–</span>}</td>
      <td className="scan-result">
        <Outcome state={state} />
        {!done && (
          <IconButton aria-label={t('Remove {name}', { name: product.name })} disabled={state === 'busy'} onClick={remove}><RemoveIcon /></IconButton>
        )}
      </td>
    </tr>
  );
});

const Difference = ({ units }: { units: number }) => (units === 0 ? <span className="muted">0</span> : <Change units={units} />);
