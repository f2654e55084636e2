import Button from '@mui/material/Button';
import LockIcon from '@mui/icons-material/LockOutlined';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';

/** Shown in place of a page that the person's role does not include. */
export const Forbidden = () => (
  <Empty page icon={<LockIcon aria-hidden />} title={t('You do not have access to this page')} text={t('Ask whoever manages roles in your shop for access.')}>
    <Button variant="outlined" component={Link} to="/">{t('Go to Home')}</Button>
  </Empty>
);
