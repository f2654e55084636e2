import { fieldOf, offers, type ResourceDef } from '@/api/definitions';
import { api } from '@/api/http';
import { listPath } from '@/engine/record';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useSession } from '@/session/session';

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
  secret?: boolean; // the values are not kept
  erased?: boolean; // they were personal data
}

export interface AuditEntry {
  id: number;
  created_at: string;
  actor: string;
  actor_kind: string;
  staff_id: number | null;
  staff_email: string | null;
  token_id: number | null;
  action: string;
  resource: string;
  record_id: number;
  changes: Change[];
  request_id: string | null;
  ip: string | null;
  user_agent: string | null;
}

/** The currency of an order that was placed, which is among its fields. */
export function currencyIn(changes: Change[]): string | undefined {
  const currency = changes.find(({ field }) => field === 'currency')?.after;
  return typeof currency === 'string' ? currency : undefined;
}

/** Whether the entry is the creation of the record. */
export const isBeginning = ({ action }: AuditEntry) => action === 'create' || action === 'checkout';

/** The newest changes of a record, or of one of its fields. */
export const historyOf = (resource: string, id: number, field?: string) =>
  api.get<{ items: AuditEntry[]; next_cursor: string | null }>(`/${resource}/${id}/history`, { limit: 100, field });

/** The address of the audit entries of what a member of staff did. */
export const doneBy = (staff: number) => listPath('audit-entries', { staff_id: String(staff) });

/** The address of the audit entries about a record, or of those that changed one of its fields. */
export const doneTo = (resource: string, id: number, field?: string) => listPath('audit-entries', { resource, record_id: String(id), field });

/** What the actions of audit entries are called on screen. */
export const deeds: Record<string, string> = {
  create: 'Added',
  update: 'Changed',
  delete: 'Deleted',
  restore: 'Restored',
  revert: 'Reverted',
  checkout: 'Order placed',
  transition: 'Status changed',
  cancel: 'Cancelled',
  note: 'Note added',
  return: 'Items returned',
  address: 'Address changed',
  'stock-adjust': 'Stock adjusted',
  'stock-receive': 'Stock received',
  'stock-count': 'Stock counted',
  erase: 'Erased',
  invite: 'Invited',
  'reset-password': 'Password reset',
  'end-session': 'Session ended',
};

export const deedOf = (action: string) => t(deeds[action] ?? words(action));

/** Labels of fields that no definition has. */
const unseen: Record<string, string> = { password_hash: 'Password', totp_secret: 'Key of the second factor', token_hash: 'Token' };

export const labelOf = (def: ResourceDef | undefined, field: string) =>
  (def && fieldOf(def, field)?.label) ?? t(unseen[field] ?? words(field));

export const cartLines = 'cart-items';

/** The definition of the resource that an entry is about. Cart lines are no resource of the API, so their definition is made here. */
export function useAudited(resource: string): ResourceDef | undefined {
  const { resources } = useSession().schema;
  const of = (name: string) => resources.find((r) => r.name === name);
  const lines = of('order-items');
  const customer = of('orders')?.fields.filter((f) => f.name === 'customer_id') ?? [];
  if (resource !== cartLines || !lines) return of(resource);
  return { ...lines, name: cartLines, label: t('Cart line'), title_field: 'id', fields: [...customer, ...lines.fields] };
}

/** Whether the server would revert the entry, if nobody has changed the record since. */
export function canBeUndone({ action, changes }: AuditEntry, def: ResourceDef | undefined): boolean {
  if (!def || !offers(def, 'update') || changes.length === 0 || !['update', 'delete', 'restore', 'revert'].includes(action)) return false;
  return changes.every((c) => !c.secret && !c.erased && (c.field === 'deleted_at' ? offers(def, 'restore') : fieldOf(def, c.field)?.updatable));
}
