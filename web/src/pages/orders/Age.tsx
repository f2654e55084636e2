import { age, dateTime } from '@/i18n/format';
import { t } from '@/i18n/t';
import { isUnpacked, type Status } from './types';

const hour = 3_600_000;

/** How long ago an order was placed. Late ones stand out as long as they still have to be packed. */
export function Age({ placedAt, status }: { placedAt: string; status: Status }) {
  const waited = Date.now() - Date.parse(placedAt);
  const late = isUnpacked(status) && waited > 24 * hour;
  const tone = late ? (waited > 48 * hour ? 'age-old' : 'age-late') : undefined;
  return (
    <time dateTime={placedAt} title={dateTime(placedAt)} className={tone}>
      {age(placedAt)}
      {late && <span className="visually-hidden"> {t('(late)')}</span>}
    </time>
  );
}
