import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { dateTime, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ValueOrNone } from '../fields/FieldValue';
import type { Conflict, Values } from './useSave';

interface Props {
  def: ResourceDef;
  conflict: Conflict;
  onResolve: (values: Values, base: RecordData) => void;
  onClose: () => void;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Somebody else saved first: shows both versions field by field. Where only one of the
 * two changed a field, that version is preselected; where both did, the person chooses.
 */
export default function ConflictDialog({ def, conflict, onResolve, onClose }: Props) {
  const { base, mine, theirs } = conflict;
  const fields = def.fields.filter((f) => f.updatable && f.name in mine && !same(mine[f.name], theirs[f.name]));
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs' | undefined>>(() =>
    Object.fromEntries(fields.map((f) => {
      if (same(mine[f.name], base[f.name])) return [f.name, 'theirs'];
      return [f.name, same(theirs[f.name], base[f.name]) ? 'mine' : undefined];
    })),
  );
  const open = fields.filter((f) => choice[f.name] === undefined).length;
  const resolve = () => {
    const values = Object.fromEntries(fields.map((f) => [f.name, (choice[f.name] === 'mine' ? mine : theirs)[f.name]]));
    onResolve({ ...mine, ...values }, theirs);
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="conflict-title">
      <DialogTitle id="conflict-title">{t('Somebody else changed this record')}</DialogTitle>
      <DialogContent>
        <p style={{ marginTop: 0 }} className="muted">
          {t('They saved it at {time}. Your changes are not lost: choose which value to keep for each field.', { time: dateTime(String(theirs.updated_at as string)) })}
        </p>
        <table className="conflict" aria-labelledby="conflict-title">
          <thead><tr><th scope="col">{t('Field')}</th><th scope="col">{t('Yours')}</th><th scope="col">{t('Theirs')}</th></tr></thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{field.label}</th>
                {(['mine', 'theirs'] as const).map((side) => (
                  <td key={side} className={choice[field.name] === side ? 'chosen' : undefined} data-label={side === 'mine' ? t('Yours') : t('Theirs')}>
                    <label>
                      <input
                        type="radio"
                        name={`conflict-${field.name}`}
                        checked={choice[field.name] === side}
                        onChange={() => setChoice({ ...choice, [field.name]: side })}
                        aria-label={side === 'mine' ? t('{label}: yours', { label: field.label }) : t('{label}: theirs', { label: field.label })}
                      />
                      <span><ValueOrNone field={field} value={(side === 'mine' ? mine : theirs)[field.name]} /></span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {fields.length === 0 && <p>{t('Both versions are the same.')}</p>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('Back to the form')}</Button>
        <Button variant="contained" disabled={open > 0} onClick={resolve}>
          {open > 0 ? t('{n} left to choose', { n: number(open) }) : t('Save this')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
