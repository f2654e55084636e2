import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { offline } from '@/api/http';
import { t } from '@/i18n/t';
import { whoAmI } from '@/session/session';

const askAgainMs = 3_000;

/**
 * Says that the server cannot be reached, until it answers again. The page stays as it is, but saving
 * does not work. Then everything is fetched again, as it may be out of date or missing.
 */
export function OfflineBar() {
  const away = offline.use();
  const client = useQueryClient();
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => void whoAmI().catch(() => undefined), askAgainMs);
    return () => {
      clearInterval(timer);
      void client.invalidateQueries();
    };
  }, [away, client]);
  return (
    <div role="status" aria-live="polite">
      {away && <div className="offline">{t('The server cannot be reached. What you see may be out of date, and nothing can be saved until it is back.')}</div>}
    </div>
  );
}
