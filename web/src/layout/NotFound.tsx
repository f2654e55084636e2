import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { t } from '@/i18n/t';

export const NotFound = () => (
  <div className="empty">
    <h1>{t('There is nothing here')}</h1>
    <p>{t('The address may be mistyped.')}</p>
    <Button variant="outlined" component={Link} to="/">{t('Go home')}</Button>
  </div>
);
