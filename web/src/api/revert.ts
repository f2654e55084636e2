import { once } from './attempt';
import { api } from './http';
import type { ProblemBody } from './problem';

/** The result of reverting one entry of the audit log. */
export interface RevertVerdict {
  id: number; // of the entry
  resource: string;
  record_id: number;
  error?: ProblemBody; // why it was not undone
}

/** Undoes everything that these requests wrote, starting with the last request. */
export async function revertRequests(requests: string[]): Promise<RevertVerdict[]> {
  const verdicts: RevertVerdict[] = [];
  for (const request_id of requests.toReversed()) {
    const { results } = await once((headers) => api.post<{ results: RevertVerdict[] }>('/audit-entries/revert', { request_id }, headers));
    verdicts.push(...results);
  }
  return verdicts;
}
