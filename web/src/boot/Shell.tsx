import { t } from '@/i18n/t';

/** What stands on the screen until the shop is known, in the places of the real things. */
export const Shell = () => (
  <div className="app" aria-busy="true" aria-label={t('Loading')}>
    <div className="app-bar" />
    <div className="app-menu" />
    <main className="app-main" />
  </div>
);
