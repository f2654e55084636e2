import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Granted } from './Granted';
import type { Role } from './RoleForm';

/** A role that this person cannot change, as text. */
export function RoleFacts({ role }: { role: Role }) {
  return (
    <div className="stack">
      <section className="card" aria-label={t('Facts')}>
        <div className="card-body stack">
          {role.description && <div>{role.description}</div>}
          <div className="muted">
            {corrects(role) && (role.max_stock_adjustment === null
              ? t('Can adjust stock by any number of units at once.')
              : t('Can adjust stock by at most {n} units at once.', { n: number(role.max_stock_adjustment) }))}{' '}
            {role.is_built_in && t('This role is built in and cannot be changed.')}
          </div>
        </div>
      </section>
      <section className="card">
        <header><h2>{t('Permissions')}</h2></header>
        <div className="card-body"><Granted permissions={role.permissions} /></div>
      </section>
    </div>
  );
}

/** Whether the role may do what the limit is for. */
const corrects = ({ permissions }: Role) => permissions.includes('stock:adjust') || permissions.includes('stock:count');
