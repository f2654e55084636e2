import { api } from '@/api/http';

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
  secret?: boolean; // the values are not kept
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

export const historyOf = (resource: string, id: number, cursor?: string) =>
  api.get<{ items: AuditEntry[]; next_cursor: string | null }>(`/${resource}/${id}/history`, { limit: 100, cursor });

/** The address of the entries of a member of staff. */
export const doneBy = (staff: number) => `/audit-entries?filter=${encodeURIComponent(JSON.stringify({ staff_id: String(staff) }))}`;
