import { t } from '@/i18n/t';

/** What stands on the screen until the shop is known, in the places of the real things; index.html begins with the same. */
export const Shell = () => (
  <div className="app" aria-busy="true" aria-label={t('Loading')}>
    <div className="app-bar"><img src="/favicon.svg" alt="" /></div>
    <div className="app-menu" />
    <main className="app-main" />
  </div>
);
