import { offline } from '@/api/http';
import { t } from '@/i18n/t';

/** Says that the server is away; what is on screen stays, saving does not work. */
export function OfflineBar() {
  const away = offline.use();
  return (
    <div role="status" aria-live="polite">
      {away && <div className="offline">{t('The server cannot be reached. What you see may be out of date, and nothing can be saved until it is back.')}</div>}
    </div>
  );
}
