import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import { messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { Empty } from './Empty';

interface Props {
  title: string;
  error: unknown;
  onRetry: () => unknown;
  children?: ReactNode; // other actions
  page?: boolean;
}

/** Shown in place of something that could not be loaded, with a button that tries again. */
export const LoadFailed = ({ title, error, onRetry, children, page }: Props) => (
  <Empty failed icon={<CloudOffIcon aria-hidden />} page={page} title={title} text={messageOf(error)}>
    <Button variant="outlined" onClick={() => void onRetry()}>{t('Try again')}</Button>
    {children}
  </Empty>
);
