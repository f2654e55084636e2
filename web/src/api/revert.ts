import { once } from './attempt';
import { api } from './http';

/** What became of one entry of the audit log that was to be undone. */
export interface RevertVerdict {
  id: number; // of the entry
  resource: string;
  record_id: number;
  error?: { detail?: string; title?: string }; // why it was not undone
}

/** Undoes all that these requests wrote, the last one first. */
export async function revertRequests(requests: string[]): Promise<RevertVerdict[]> {
  const verdicts: RevertVerdict[] = [];
  for (const request_id of requests.toReversed()) {
    const { results } = await once((headers) => api.post<{ results: RevertVerdict[] }>('/audit-entries/revert', { request_id }, headers));
    verdicts.push(...results);
  }
  return verdicts;
}
