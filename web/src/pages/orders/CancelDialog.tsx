import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useGetMany } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useMay } from '@/session/session';
import { closing } from '@/ui/closing';
import { productsOf, unitsOf, type Order } from './types';

interface Props {
  order: Order;
  onConfirm: (note: string) => void;
  onClose: () => void;
}

/** An Enter within this time is ignored: it comes from a scanner whose code began with the key that opened the dialog. */
const readMs = 500;

/** Asks before an order is cancelled, and shows what goes back to stock. */
export default function CancelDialog({ order, onConfirm, onClose }: Props) {
  const [note, setNote] = useState('');
  const [opened] = useState(() => Date.now());
  const returns = productsOf(order);
  const may = useMay()('products:read');
  const { data } = useGetMany<RecordData>('products', { ids: returns.map((r) => r.id) }, { enabled: may });
  const stockOf = (id: number) => data?.find((p) => p?.id === id)?.stock as number | undefined;
  return (
    <Dialog open onClose={closing(onClose, note !== '')} fullWidth maxWidth="sm" aria-labelledby="cancel-title">
      <DialogTitle id="cancel-title">{t('Cancel #{number}?', { number: order.number })}</DialogTitle>
      <DialogContent>
        <div className="stack">
          <p className="flush">{plural(unitsOf(order), '{n} unit goes back to stock. A cancelled order cannot be reopened.', '{n} units go back to stock. A cancelled order cannot be reopened.')}</p>
          <TextField
            label={t('Reason')}
            helperText={t('Shown in the timeline.')}
            value={note}
            autoFocus
            onChange={(e) => setNote(e.target.value)}
            onKeyDown={(e) => isEnter(e) && Date.now() - opened >= readMs && onConfirm(note.trim())}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <div className="returns table-scroll">
            <table className="grid" aria-label={t('Units returned to stock')}>
              <thead>
                <tr>
                  <th scope="col">{t('Product')}</th>
                  <th scope="col" className="end">{t('Returned to stock')}</th>
                  {may && <th scope="col" className="end">{t('Stock now')}</th>}
                  {may && <th scope="col" className="end">{t('Stock after')}</th>}
                </tr>
              </thead>
              <tbody>
                {returns.map(({ id, name, sku, quantity }) => {
                  const stock = stockOf(id);
                  return (
                    <tr key={id} className="still">
                      <td className="primary">{name}<span className="returns-sku">{sku}</span></td>
                      <td className="end" data-label={t('Returned to stock')}>+{number(quantity)}</td>
                      {may && <td className="end" data-label={t('Stock now')}>{stock === undefined ? '…' : number(stock)}</td>}
                      {may && <td className="end strong" data-label={t('Stock after')}>{stock === undefined ? '…' : number(stock + quantity)}</td>}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('Keep order')}</Button>
        <Button variant="contained" color="error" onClick={() => onConfirm(note.trim())}>{t('Cancel order')}</Button>
      </DialogActions>
    </Dialog>
  );
}
