import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '@/i18n/t';
import { Chip } from './Chip';
import { results } from './results';

/** A line per record: done, or why not. Refusals come first. Its height is limited so that toasts have room below. */
export function ResultsDialog() {
  const shown = results.use();
  if (!shown) return null;
  const close = () => results.set(null);
  const rows = [...shown.rows].sort((a, b) => Number(Boolean(b.error)) - Number(Boolean(a.error)));
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby="results-title" slotProps={{ paper: { sx: { maxHeight: 'calc(100% - 240px)' } } }}>
      <DialogTitle id="results-title">{shown.title}</DialogTitle>
      <DialogContent tabIndex={0}>
        <table className="grid">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className="still">
                <td className="strong">{row.name}</td>
                <td style={{ whiteSpace: 'normal' }}>
                  {row.error ? <><Chip value="" tone={row.unknown ? 'amber' : 'red'} label={row.unknown ? t('Not known') : t('Refused')} /> {row.error}</> : <Chip value="" tone="green" label={row.done ?? t('Done')} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </DialogContent>
      <DialogActions><Button variant="contained" onClick={close} autoFocus>{t('Close')}</Button></DialogActions>
    </Dialog>
  );
}
