import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';

export const NotFound = () => (
  <Empty page icon={null} title={t('There is nothing here')} text={t('The address may be mistyped.')}>
    <Button variant="outlined" component={Link} to="/">{t('Go home')}</Button>
  </Empty>
);
