import Button from '@mui/material/Button';
import { messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { isOvertaken, useShowOrder, whyRefused } from './transition';

/** Says that somebody else has moved the order in the meantime, or what else went wrong. */
export function OvertakenNotice({ error, onClose }: { error: unknown; onClose: () => void }) {
  const show = useShowOrder();
  const overtaken = isOvertaken(error);
  const reload = async () => {
    await show();
    onClose();
  };
  return (
    <div className="form-error order-notice" role="alert">
      <span>{overtaken ? t('Nothing was changed. {why}', { why: whyRefused(error) }) : messageOf(error)}</span>
      {overtaken && <Button variant="outlined" onClick={reload}>{t('Show the order as it is now')}</Button>}
      {!overtaken && <Button variant="outlined" onClick={onClose}>{t('Dismiss')}</Button>}
    </div>
  );
}
