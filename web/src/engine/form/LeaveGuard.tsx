import { useEffect, useRef } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import { useBlocker } from 'react-router';
import { t } from '@/i18n/t';

interface Props {
  dirty: boolean;
  question?: string;
  discard?: string;
}

/** Asks before the person leaves a page with unsaved changes, also by a typed address (see boot/numberHistory.ts). */
export function LeaveGuard({ dirty, question = t('Leave without saving?'), discard = t('Discard changes') }: Props) {
  const leaving = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !leaving.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  const leave = () => {
    leaving.current = true;
    blocker.proceed();
  };
  return (
    <Dialog open onClose={blocker.reset} aria-labelledby="leave-title">
      <DialogTitle id="leave-title">{question}</DialogTitle>
      <DialogActions>
        <Button onClick={leave}>{discard}</Button>
        <Button variant="contained" autoFocus onClick={blocker.reset}>{t('Stay')}</Button>
      </DialogActions>
    </Dialog>
  );
}
