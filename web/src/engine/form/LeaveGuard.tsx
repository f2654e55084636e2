import { useEffect, useRef, useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import { useBlocker, useLocation, useNavigate } from 'react-router';
import { t } from '@/i18n/t';

/** Asks before a page with unsaved changes is left. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const leaving = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !leaving.current && currentLocation.pathname !== nextLocation.pathname);
  const [typed, setTyped] = useTypedAddress(dirty);
  const navigate = useNavigate();
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (blocker.state !== 'blocked' && typed === null) return null;
  const stay = () => {
    setTyped(null);
    blocker.reset?.();
  };
  const leave = () => {
    leaving.current = true;
    if (typed === null) blocker.proceed?.();
    else void navigate(typed);
  };
  return (
    <Dialog open onClose={stay} aria-labelledby="leave-title">
      <DialogTitle id="leave-title">{t('Leave without saving?')}</DialogTitle>
      <DialogActions>
        <Button onClick={leave}>{t('Discard the changes')}</Button>
        <Button variant="contained" autoFocus onClick={stay}>{t('Stay')}</Button>
      </DialogActions>
    </Dialog>
  );
}

/** What a browser says of a navigation, which the types of TypeScript 5 do not have yet. */
interface Navigating extends Event {
  destination: { url: string };
  hashChange: boolean;
  navigationType: string;
}

/** The address of another page that somebody typed or pasted over this one: the router cannot hold that back, the browser can. */
function useTypedAddress(dirty: boolean) {
  const [typed, setTyped] = useState<string | null>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (!dirty) return undefined;
    const { navigation } = window as { navigation?: EventTarget };
    const hold = (event: Event) => {
      const { destination, hashChange, navigationType } = event as Navigating;
      const path = new URL(destination.url).hash.slice(1) || '/';
      if (!hashChange || navigationType === 'traverse' || path.split('?')[0] === pathname) return;
      event.preventDefault();
      setTyped(path);
    };
    navigation?.addEventListener('navigate', hold);
    return () => navigation?.removeEventListener('navigate', hold);
  }, [dirty, pathname]);
  return [typed, setTyped] as const;
}
