import { Link } from 'react-router';
import { ReferenceValue } from '@/engine/fields/ReferenceValue';
import { cartLines, useAudited, type AuditEntry } from '@/engine/history/audit';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { cartPath } from '@/pages/carts/cart';

/** The record that was changed: its kind, and its name if it has one. */
export function Target({ entry: { resource, record_id: id, changes } }: { entry: AuditEntry }) {
  const def = useAudited(resource);
  if (!def) return <>{words(resource)} {id}</>;
  if (resource === cartLines) {
    const whose = changes.find((c) => c.field === 'customer_id');
    const customer = (whose?.after ?? whose?.before) as number | undefined;
    if (customer === undefined) return <>{def.label} {id}</>;
    return <><span className="muted">{t('Cart line of')}</span> <Link className="link" to={cartPath(customer)}><ReferenceValue resource="customers" id={customer} link={false} /></Link></>;
  }
  if (def.title_field === 'id') return <Link className="link" to={`/${resource}/${id}`}>{def.label} {id}</Link>;
  return <><span className="muted">{def.label}</span> <ReferenceValue resource={resource} id={id} /></>;
}
