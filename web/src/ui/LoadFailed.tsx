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
  children?: ReactNode; // other ways on
  page?: boolean;
}

/** Stands where something would be that could not be had, and tries again. */
export const LoadFailed = ({ title, error, onRetry, children, page }: Props) => (
  <Empty failed icon={<CloudOffIcon aria-hidden />} page={page} title={title} text={messageOf(error)}>
    <Button variant="outlined" onClick={() => void onRetry()}>{t('Try again')}</Button>
    {children}
  </Empty>
);
