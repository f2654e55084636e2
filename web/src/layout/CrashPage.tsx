import Button from '@mui/material/Button';
import { useResetErrorBoundaryOnLocationChange } from 'ra-core';
import { t } from '@/i18n/t';

export function CrashPage({ error, resetErrorBoundary }: { error: Error; resetErrorBoundary: (args?: unknown) => void }) {
  useResetErrorBoundaryOnLocationChange(resetErrorBoundary);
  return (
    <div className="empty" role="alert">
      <h1>{t('This page could not be shown')}</h1>
      <p>{error.message}</p>
      <Button variant="outlined" onClick={() => location.reload()}>{t('Reload')}</Button>
    </div>
  );
}
