import { useQuery } from '@tanstack/react-query';
import type { RecordData } from '@/api/definitions';
import { api, listItem } from '@/api/http';
import { useMay } from '@/session/session';

/** Shows an actor as stock movements and order timelines store it: by name, if the person may read staff. */
export function Actor({ actor }: { actor: string }) {
  const [, email = '', token = ''] = /^(\S+@\S+)( \(.*\))?$/.exec(actor) ?? [];
  const enabled = useMay()('staff:read') && email !== '';
  const { data, isPending } = useQuery({
    queryKey: ['staff', 'called', email],
    queryFn: ({ signal }) => api.get<{ items: RecordData[] }>('/staff', { email: listItem(email), limit: 1, count: 'none' }, signal),
    enabled,
    staleTime: 60_000,
  });
  if (enabled && isPending) return <span className="skeleton" style={{ width: 80 }} />;
  const [member] = data?.items ?? [];
  if (!member) return <>{actor}</>;
  return <span title={email}>{String(member.name as string)}{token}</span>;
}
