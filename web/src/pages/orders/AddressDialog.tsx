import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useAttempt } from '@/api/attempt';
import { api } from '@/api/http';
import { isProblem, messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';
import { SubmitButton } from '@/ui/SubmitButton';
import { useShowOrder } from './transition';
import { longestAddress, type Order } from './types';

/** Changes the delivery address. If a colleague has changed it meanwhile, theirs is shown before it is replaced. */
export default function AddressDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const [seen, setSeen] = useState(order); // the version that the person has seen
  const [text, setText] = useState(order.delivery_address ?? '');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt();
  const show = useShowOrder();
  const address = text.trim() || null;

  const send = async (from: Order): Promise<Order> => {
    const body = { delivery_address: address };
    try {
      return await attempt([from.id, body], (headers) =>
        api.post<Order>(`/orders/${from.id}/delivery-address`, body, { ...headers, 'If-Match': `"${from.version}"` }));
    } catch (error) {
      if (!isProblem(error, 'version_mismatch')) throw error;
      const now = error.body.current as unknown as Order;
      setSeen(now);
      if (now.delivery_address === from.delivery_address) return send(now); // only something else has changed
      throw new Error(t('A colleague has changed the address to “{address}”. Save again to replace it.', { address: now.delivery_address ?? t('No delivery address') }), { cause: error });
    }
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure('');
    try {
      const changed = await send(seen);
      toast(t('Delivery address of #{number} changed', { number: order.number }));
      onClose();
      await show(changed);
    } catch (error) {
      setFailure(messageOf(error));
      await show();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={closing(onClose, address !== seen.delivery_address)} fullWidth maxWidth="sm" aria-labelledby="address-title">
      <form onSubmit={save}>
        <DialogTitle id="address-title">{t('Change the delivery address of #{number}', { number: order.number })}</DialogTitle>
        <DialogContent>
          <TextField
            fullWidth
            multiline
            minRows={4}
            maxRows={12}
            autoFocus
            margin="dense"
            label={t('Delivery address')}
            value={text}
            error={failure !== ''}
            helperText={failure || t('For this order only. The customer’s own address does not change.')}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => isEnter(e) && (e.ctrlKey || e.metaKey) && void save()}
            slotProps={{ htmlInput: { maxLength: longestAddress } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <SubmitButton variant="contained" idle={busy || address === seen.delivery_address}>{t('Save')}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
