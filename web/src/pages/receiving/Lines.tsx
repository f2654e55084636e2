import { useEffect, useRef, type MouseEvent } from 'react';
import IconButton from '@mui/material/IconButton';
import RemoveIcon from '@mui/icons-material/Close';
import { number, wholeNumberHint } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ScannedUnits } from '@/pages/products/ScannedUnits';
import { Chip } from '@/ui/Chip';
import { isReady, unitsOf, type Delivery, type Line, type Verdict } from './delivery';

/** The line whose units are to be typed now. */
export interface Turn {
  key: number;
}

interface Props {
  delivery: Delivery;
  turn: Turn | null;
  onNext: () => void; // the units are typed
}

/** What came in, with the stock before and after, and what became of each line. */
export function Lines({ delivery, turn, onNext }: Props) {
  return (
    <div className="table-scroll">
      <table className="grid scan-lines" aria-label={t('Products in the delivery')}>
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col">{t('Units')}</th>
            <th scope="col">{t('Stock')}</th>
            <th scope="col"><span className="visually-hidden">{t('Remove')}</span></th>
          </tr>
        </thead>
        <tbody>
          {delivery.lines.map((line) => (
            <Row key={line.key} line={line} delivery={delivery} turn={turn?.key === line.key ? turn : null} onNext={onNext} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line, delivery, turn, onNext }: Omit<Props, 'turn'> & { line: Line; turn: Turn | null }) {
  const { key, product, text, verdict, sent } = line;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (turn) input.current?.select();
  }, [turn]);
  const remove = (event: MouseEvent) => {
    delivery.remove(key);
    if (event.detail === 0) onNext(); // by keyboard: what was pressed is gone
  };
  const done = verdict.is === 'booked';
  const wrong = text.trim() !== '' && !isReady(line);
  return (
    <tr className="still">
      <td className="primary">
        {product.name}
        <span className="scan-sku">{product.sku}{product.is_active === false && ` · ${t('not on sale')}`}</span>
        <Outcome verdict={verdict} />
        {wrong && <span className="scan-why" id={`units-${key}`}>{Number.isNaN(unitsOf(line)) ? wholeNumberHint() : t('At least {n}.', { n: 1 })}</span>}
      </td>
      <td data-label={t('Units')}>
        {done ? <span className="strong num">+{number(unitsOf(line))}</span> : (
          <ScannedUnits
            input={input}
            label={t('Units of {name}', { name: product.name })}
            text={text}
            wrong={wrong ? `units-${key}` : undefined}
            readOnly={verdict.is === 'busy' || sent !== undefined}
            onChange={(units) => delivery.type(key, units)}
            onEnter={onNext}
          />
        )}
      </td>
      <td className="num nowrap" data-label={t('Stock')}>{stockText(line)}</td>
      <td className="end scan-remove">
        {!done && (
          <IconButton aria-label={t('Remove {name}', { name: product.name })} disabled={verdict.is === 'busy'} onClick={remove}>
            <RemoveIcon />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

function stockText(line: Line) {
  const { product: { stock }, verdict } = line;
  if (verdict.is === 'booked') return number(verdict.stock);
  return isReady(line) ? t('{from} → {to}', { from: number(stock), to: number(stock + unitsOf(line)) }) : number(stock);
}

function Outcome({ verdict }: { verdict: Verdict }) {
  switch (verdict.is) {
    case 'booked':
      return <span className="scan-why"><Chip value="" tone="green" label={t('Booked')} /></span>;
    case 'refused':
      return <span className="scan-why"><Chip value="" tone="red" label={t('Refused')} /> {verdict.why}</span>;
    case 'unknown':
      return <span className="scan-why"><Chip value="" tone="amber" label={t('Not known')} /> {verdict.why}</span>;
    default:
      return null;
  }
}
