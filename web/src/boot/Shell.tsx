import { t } from '@/i18n/t';

/** Placeholders for the bar, the menu and the page until the definitions are loaded. index.html begins with the same. */
export const Shell = () => (
  <div className="app" aria-busy="true" aria-label={t('Loading')}>
    <div className="app-bar"><img src="/favicon.svg" alt="" /></div>
    <div className="app-menu" />
    <main className="app-main" />
  </div>
);
