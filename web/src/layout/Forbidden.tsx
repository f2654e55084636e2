import Button from '@mui/material/Button';
import LockIcon from '@mui/icons-material/LockOutlined';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';

/** Shown in place of a page that the person's role does not include. */
export const Forbidden = () => (
  <Empty page icon={<LockIcon aria-hidden />} title={t('Your role may not see this')} text={t('Whoever manages roles can change what yours includes.')}>
    <Button variant="outlined" component={Link} to="/">{t('Go home')}</Button>
  </Empty>
);
