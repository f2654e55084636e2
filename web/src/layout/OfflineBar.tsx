import { useEffect } from 'react';
import { offline } from '@/api/http';
import { t } from '@/i18n/t';
import { whoAmI } from '@/session/session';

const askAgainMs = 3_000;

/** Says that the server is away, until it answers; what is on screen stays, saving does not work. */
export function OfflineBar() {
  const away = offline.use();
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => void whoAmI().catch(() => undefined), askAgainMs);
    return () => clearInterval(timer);
  }, [away]);
  return (
    <div role="status" aria-live="polite">
      {away && <div className="offline">{t('The server cannot be reached. What you see may be out of date, and nothing can be saved until it is back.')}</div>}
    </div>
  );
}
