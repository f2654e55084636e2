import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/http';
import { dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { Chip } from '@/ui/Chip';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';
import { useAction } from '@/ui/useAction';

interface SessionLine {
  id: number;
  created_at: string;
  last_seen_at: string;
  ip: string;
  user_agent: string;
  current: boolean;
}

/** The sessions of a person, with a button to end each. */
export function SessionsCard({ title, staffId }: { title: string; staffId?: number }) {
  const client = useQueryClient();
  const queryKey = ['sessions', staffId ?? 'own'];
  const { data, error, refetch } = useQuery({ queryKey, queryFn: () => api.get<{ items: SessionLine[] }>('/auth/sessions', { staff_id: staffId }) });
  const { act: end, busy } = useAction(async (path: string, said: string) => {
    await api.delete(path).finally(() => client.invalidateQueries({ queryKey }));
    toast(said);
  });
  const others = data?.items.filter((s) => !s.current) ?? [];
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        {staffId === undefined && others.length > 0 && (
          <Button sx={{ ml: 'auto' }} disabled={busy} onClick={() => end('/auth/sessions', t('All other sessions ended'))}>{t('End all other sessions')}</Button>
        )}
      </header>
      <div className="card-body">
        {error && <PartFailed error={error} onRetry={refetch} />}
        {!data && !error && <LinesSkeleton />}
        {data?.items.length === 0 && <span className="muted">{t('No active sessions.')}</span>}
        {data?.items.map((session) => (
          <div key={session.id} style={{ display: 'flex', alignItems: 'center', gap: 12, padding: '8px 0' }}>
            <div style={{ flex: 1, minWidth: 0 }}>
              <div>{device(session.user_agent)} <span className="muted">· {session.ip}</span> {session.current && <Chip value="" tone="green" label={t('This session')} />}</div>
              <div className="muted">{t('Last seen {time}, since {start}', { time: dateTime(session.last_seen_at), start: dateTime(session.created_at) })}</div>
            </div>
            {!session.current && <Button variant="outlined" disabled={busy} onClick={() => end(`/auth/sessions/${session.id}`, t('Session ended'))}>{t('End')}</Button>}
          </div>
        ))}
      </div>
    </section>
  );
}

/** The browser and the system of a user agent, in two words. */
function device(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrome\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : agent.split(/[/\s]/)[0];
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return [browser, system].filter(Boolean).join(', ') || t('Unknown device');
}
