import { Fragment } from 'react';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { FieldValue } from '../fields/FieldValue';
import { isKept } from '../record';

interface Props {
  def: ResourceDef;
  record: RecordData;
  all?: boolean; // also the fields that a form would show
  except?: string; // a field that the page shows elsewhere
}

/** The fields of a record that nobody can edit, as text instead of disabled inputs. */
export function Facts({ def, record, all = false, except }: Props) {
  const fields = def.fields.filter((f) => f.name !== except && (all || isKept(f) || !f.updatable) && f.type !== 'json' && !(f.name === 'deleted_at' && !record.deleted_at));
  return (
    <section className="card" aria-label={t('Facts')}>
      <div className="card-body">
        <dl className={all ? 'facts facts-page' : 'facts'}>
          {fields.map((field) => (
            <Fragment key={field.name}>
              <dt>{field.label}</dt>
              <dd><FieldValue field={field} record={record} /></dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </section>
  );
}
