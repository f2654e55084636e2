import { memo, useEffect, useRef, type MouseEvent } from 'react';
import IconButton from '@mui/material/IconButton';
import RemoveIcon from '@mui/icons-material/Close';
import { number, wholeNumberHint } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { FoundProduct } from '@/pages/products/ProductSearch';
import { ScannedUnits } from '@/pages/products/ScannedUnits';
import { stepUnits } from '@/pages/sheet/arrows';
import { Outcome } from '@/pages/sheet/Outcome';
import { isDone, unitsOf } from '@/pages/sheet/rows';
import { toast } from '@/toast/toasts';
import { isLost, isReady, type Delivery, type Line } from './delivery';

/** The line whose units the person is to type now. */
export interface Turn {
  key: string;
}

interface Props {
  lines: Line[];
  delivery: Delivery;
  turn: Turn | null;
  onPick: (product: FoundProduct) => void; // a product that was scanned while a line had the focus
  onNext: () => void; // called when the units are typed
}

/** The lines of a delivery, with the stock before and after, and what became of each. The arrow keys move between the units. */
export function Lines({ lines, turn, ...shared }: Props) {
  return (
    <div className="table-scroll">
      <table className="grid scan-lines" aria-label={t('Products in the delivery')} onKeyDown={(event) => stepUnits(event, shared.onNext)}>
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col" className="end">{t('Units')}</th>
            <th scope="col" className="end">{t('Stock')}</th>
            <th scope="col"><span className="visually-hidden">{t('Result')}</span></th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.key} line={line} turn={turn?.key === line.key ? turn : null} {...shared} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Row = memo(function Row({ line, delivery, turn, onPick, onNext }: Omit<Props, 'lines'> & { line: Line }) {
  const { key, product, text, state, sent } = line;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (turn) input.current?.select();
  }, [turn]);
  const remove = (event: MouseEvent) => {
    const undo = delivery.remove(line);
    if (text) toast(t('{name} is out of the delivery', { name: product.name }), 'info', { label: t('Undo'), run: undo });
    if (event.detail === 0) onNext(); // by keyboard: the button that had the focus is gone
  };
  const done = isDone(line);
  const wrong = text.trim() !== '' && !isReady(line);
  const why = isLost(line) && state !== 'busy'
    ? t('It was sent more than a day ago, and whether it was booked is not known: look at the stock of the product, and remove the line.')
    : line.why;
  return (
    <tr className="still">
      <td className="primary">
        {product.name}
        <span className="scan-sku">{product.sku}{product.is_active === false && ` · ${t('not on sale')}`}</span>
        {why && <span className="scan-why">{why}</span>}
        {wrong && <span className="scan-why" id={`units-${key}`}>{Number.isNaN(unitsOf(line)) ? wholeNumberHint() : t('At least {n}.', { n: 1 })}</span>}
      </td>
      <td className="end" data-label={t('Units')}>
        {done ? <span className="strong num scan-done">+{number(unitsOf(line))}</span> : (
          <ScannedUnits
            input={input}
            label={t('Units of {name}', { name: product.name })}
            text={text}
            wrong={wrong ? `units-${key}` : undefined}
            readOnly={state === 'busy' || sent !== undefined}
            onChange={(units) => delivery.type(key, units)}
            onScanned={onPick}
            onEnter={onNext}
          />
        )}
      </td>
      <td className="end num nowrap" data-label={t('Stock')}>{stockText(line)}</td>
      <td className="scan-result">
        {state !== 'busy' && <Outcome state={state} />}
        {!done && (
          <IconButton aria-label={t('Remove {name}', { name: product.name })} disabled={state === 'busy'} onClick={remove}>
            <RemoveIcon />
          </IconButton>
        )}
      </td>
    </tr>
  );
});

function stockText(line: Line) {
  const { expected: stock } = line;
  if (isDone(line) || !isReady(line)) return number(stock);
  return t('{from} → {to}', { from: number(stock), to: number(stock + unitsOf(line)) });
}
