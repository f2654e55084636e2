import type { ResourceDef } from '@/api/definitions';
import { fieldOf } from '@/api/definitions';
import { ValueOrNone } from '@/engine/fields/FieldValue';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { currencyIn, labelOf, type Change } from './audit';
import './audit.css';

interface OrderLine {
  sku: string;
  quantity: number;
}

/** The fields before and after a change; for a new record, its first values only. Of lists, such as permissions, only the removed and added values. */
export function Diff({ changes, def, isNew = false }: { changes: Change[]; def?: ResourceDef; isNew?: boolean }) {
  if (changes.length === 0) return null;
  const currency = currencyIn(changes);
  return (
    <dl className="diff">
      {changes.map((change) => {
        const [before, after] = [asList(change.before), asList(change.after)];
        const field = def && fieldOf(def, change.field);
        const show = (value: unknown) => (field ? <ValueOrNone field={field} value={value} currency={currency} /> : plain(change.field === 'reason' ? words(String(value)) : value));
        const began = isNew || (!field && change.before === null); // details of an operation, such as its reason, have no earlier value
        return (
          <div key={change.field}>
            <dt>{labelOf(def, change.field)}</dt>
            {change.secret || change.erased
              ? <dd className="muted">{change.secret ? t('kept secret') : t('personal data, erased')}</dd>
              : (
                <dd>
                  {!began && (
                    <>
                      <del>{show(before ? listed(before, after) : change.before)}</del>
                      <span aria-hidden> → </span><span className="visually-hidden"> {t('became')} </span>
                    </>
                  )}
                  <ins>{show(after ? listed(after, before) : change.after)}</ins>
                </dd>
              )}
          </div>
        );
      })}
    </dl>
  );
}

/** A list of strings as it is, and the lines of an order as strings; undefined for anything else. */
function asList(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const lines = (value as (string | Partial<OrderLine>)[]).map((one) => (typeof one === 'string' ? one : one?.sku && `${one.quantity} × ${one.sku}`));
  return lines.every((line) => typeof line === 'string') ? lines : undefined;
}

/** The values of the list that the other list does not have. Null if there are none, unless the list itself is empty. */
function listed(list: string[], other: string[] = []) {
  const rest = list.filter((one) => !other.includes(one));
  return rest.length > 0 || list.length === 0 ? rest : null;
}

function plain(value: unknown) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <Nothing />;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const Nothing = () => <span className="muted">–</span>;
