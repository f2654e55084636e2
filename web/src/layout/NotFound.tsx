import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';

export const NotFound = () => (
  <Empty page icon={null} title={t('Page not found')} text={t('Check the address for typing errors.')}>
    <Button variant="outlined" component={Link} to="/">{t('Go to Home')}</Button>
  </Empty>
);
