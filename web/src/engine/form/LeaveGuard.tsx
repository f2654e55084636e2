import { useEffect } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import { useBlocker } from 'react-router';
import { t } from '@/i18n/t';

/** Asks before a page with unsaved changes is left. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog open onClose={() => blocker.reset()} aria-labelledby="leave-title">
      <DialogTitle id="leave-title">{t('Leave without saving?')}</DialogTitle>
      <DialogActions>
        <Button onClick={() => blocker.proceed()}>{t('Discard the changes')}</Button>
        <Button variant="contained" autoFocus onClick={() => blocker.reset()}>{t('Stay')}</Button>
      </DialogActions>
    </Dialog>
  );
}
