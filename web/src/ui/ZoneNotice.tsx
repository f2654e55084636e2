import { unknownZone } from '@/api/inZone';
import { t } from '@/i18n/t';

/** Says that days are those of UTC, if the server does not know the person's time zone. */
export function ZoneNotice() {
  const zone = unknownZone.use();
  return zone !== null && <p className="flush muted" role="status">{t('The shop does not know the time zone {zone} of this browser: days begin and end at midnight UTC.', { zone })}</p>;
}
