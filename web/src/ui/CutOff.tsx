import { number } from '@/i18n/format';
import { t } from '@/i18n/t';

/** The last line below options that are not all that match. */
export const CutOff = ({ shown }: { shown: number }) => (
  <span className="muted cut-off">{t('Only the first {n} are shown. Type more to narrow the search.', { n: number(shown) })}</span>
);
