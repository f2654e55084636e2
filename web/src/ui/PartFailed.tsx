import Button from '@mui/material/Button';
import { isProblem, messageOf } from '@/api/problem';
import { t } from '@/i18n/t';

/** Says why a part of a page could not be loaded, and offers to try again where that may help. */
export const PartFailed = ({ error, onRetry }: { error: unknown; onRetry: () => unknown }) => (
  <div className="part-failed" role="alert">
    <span>{messageOf(error)}</span>
    {!isProblem(error, 'forbidden') && <Button variant="outlined" onClick={() => void onRetry()}>{t('Try again')}</Button>}
  </div>
);
