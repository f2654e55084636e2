import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { Link } from 'react-router';
import { Named } from '@/engine/fields/Named';
import { plural, t } from '@/i18n/t';
import { Chip } from './Chip';
import { results } from './results';

/** What was refused and why, line by line, and how many were done. Its height is limited so that toasts have room below. */
export function ResultsDialog() {
  const shown = results.use();
  if (!shown) return null;
  const close = () => results.set(null);
  const { title, refused, done } = shown;
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby="results-title" slotProps={{ paper: { sx: { maxHeight: 'calc(100% - 240px)' } } }}>
      <DialogTitle id="results-title">{title}</DialogTitle>
      <DialogContent tabIndex={0}>
        <table className="grid" aria-labelledby="results-title">
          <tbody>
            {refused.map((row) => (
              <tr key={row.id} className="still">
                <td className="strong"><Link className="link" to={row.to} onClick={close}>{row.name}</Link></td>
                <td style={{ whiteSpace: 'normal' }}>
                  <Chip value="" tone={row.unknown ? 'amber' : 'red'} label={row.unknown ? t('Unknown') : t('Refused')} /> {row.error && <Named text={row.error} />}
                </td>
              </tr>
            ))}
            {done.n > 0 && (
              <tr className="still">
                <td className="muted">{plural(done.n, '{n} other', '{n} others')}</td>
                <td><Chip value="" tone="green" label={done.state} /></td>
              </tr>
            )}
          </tbody>
        </table>
      </DialogContent>
      <DialogActions><Button variant="contained" onClick={close} autoFocus>{t('Close')}</Button></DialogActions>
    </Dialog>
  );
}
