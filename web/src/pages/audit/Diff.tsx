import type { ResourceDef } from '@/api/definitions';
import { fieldOf } from '@/api/definitions';
import { Value } from '@/engine/fields/FieldValue';
import { t } from '@/i18n/t';
import { labelOf, type Change } from './audit';
import './audit.css';

interface OrderLine {
  sku: string;
  quantity: number;
}

/** Fields before and after a change. Of lists, as of permissions, what was taken out and what was put in. */
export function Diff({ changes, def }: { changes: Change[]; def?: ResourceDef }) {
  if (changes.length === 0) return null;
  return (
    <dl className="diff">
      {changes.map((change) => {
        const [before, after] = [asList(change.before), asList(change.after)];
        const field = def && fieldOf(def, change.field);
        const show = (value: unknown) => (field ? <Value field={field} value={value} link={false} /> : plain(value));
        return (
          <div key={change.field}>
            <dt>{labelOf(def, change.field)}</dt>
            {change.secret || change.erased
              ? <dd className="muted">{change.secret ? t('kept secret') : t('was personal data and is erased')}</dd>
              : (
                <dd>
                  <del>{show(before ? listed(before, after) : change.before)}</del>
                  <span aria-hidden> → </span><span className="visually-hidden"> {t('became')} </span>
                  <ins>{show(after ? listed(after, before) : change.after)}</ins>
                </dd>
              )}
          </div>
        );
      })}
    </dl>
  );
}

/** A list of words, and the lines of an order as such. */
function asList(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const lines = (value as (string | Partial<OrderLine>)[]).map((one) => (typeof one === 'string' ? one : one?.sku && `${one.quantity} × ${one.sku}`));
  return lines.every((line) => typeof line === 'string') ? lines : undefined;
}

/** What is in a list and not in the other, null for nothing. */
function listed(list: string[], other: string[] = []) {
  const rest = list.filter((one) => !other.includes(one));
  return rest.length > 0 ? rest : null;
}

function plain(value: unknown) {
  if (value === null || value === undefined || value === '') return <span className="muted">–</span>;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
