import type { ResourceDef } from '@/api/definitions';
import { fieldOf } from '@/api/definitions';
import { Value } from '@/engine/fields/FieldValue';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { Change } from './audit';
import './audit.css';

/** Fields before and after a change. */
export function Diff({ changes, def }: { changes: Change[]; def?: ResourceDef }) {
  if (changes.length === 0) return null;
  return (
    <dl className="diff">
      {changes.map((change) => {
        const field = def && fieldOf(def, change.field);
        const show = (value: unknown) => (field ? <Value field={field} value={value} link={false} /> : plain(value));
        return (
          <div key={change.field}>
            <dt>{field?.label ?? words(change.field)}</dt>
            {change.secret
              ? <dd className="muted">{t('kept secret')}</dd>
              : (
                <dd>
                  <del>{show(change.before)}</del>
                  <span aria-hidden> → </span><span className="visually-hidden"> {t('became')} </span>
                  <ins>{show(change.after)}</ins>
                </dd>
              )}
          </div>
        );
      })}
    </dl>
  );
}

function plain(value: unknown) {
  if (value === null || value === undefined || value === '') return <span className="muted">–</span>;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
