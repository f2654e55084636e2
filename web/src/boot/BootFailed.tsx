import Button from '@mui/material/Button';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import { t } from '@/i18n/t';

export const BootFailed = ({ message, onRetry }: { message: string; onRetry: () => void }) => (
  <main>
    <div className="empty" role="alert">
      <CloudOffIcon />
      <h1>{t('The shop could not be loaded')}</h1>
      <p>{message}</p>
      <Button variant="contained" onClick={onRetry}>{t('Try again')}</Button>
    </div>
  </main>
);
