import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { offline } from '@/api/http';
import { t } from '@/i18n/t';
import { whoAmI } from '@/session/session';

const askAgainMs = 3_000;

/**
 * Says that the server is away, until it answers; what is on screen stays, saving does not work.
 * Then all of it is read again: it may be out of date, and some could not be loaded.
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
