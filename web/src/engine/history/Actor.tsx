import { useQuery } from '@tanstack/react-query';
import type { RecordData } from '@/api/definitions';
import { api, listItem } from '@/api/http';
import { useMay, useSession } from '@/session/session';

/** Shows an actor, as stored in stock movements and order timelines: by name, if the person may read staff or is the actor. */
export function Actor({ actor }: { actor: string }) {
  const [, email = '', token = ''] = /^(\S+@\S+)( \(.*\))?$/.exec(actor) ?? [];
  const { me } = useSession();
  const isMe = email === me.email;
  const enabled = useMay()('staff:read') && email !== '' && !isMe;
  const { data, isPending } = useQuery({
    queryKey: ['staff', 'called', email],
    queryFn: ({ signal }) => api.get<{ items: RecordData[] }>('/staff', { email: listItem(email), limit: 1, count: 'none' }, signal),
    enabled,
    staleTime: 60_000,
  });
  if (enabled && isPending) return <span className="skeleton" style={{ width: 80 }} />;
  const name = isMe ? me.name : data?.items[0]?.name as string | undefined;
  if (name === undefined) return <>{actor}</>;
  return <span title={email}>{name}{token}</span>;
}
