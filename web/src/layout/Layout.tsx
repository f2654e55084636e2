import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useStore } from 'ra-core';
import { useLocation } from 'react-router';
import { ShortcutHost } from '@/keys/ShortcutHost';
import { PaletteHost } from '@/palette/PaletteHost';
import { PageSkeleton } from '@/ui/Skeletons';
import { ResultsDialog } from '@/ui/ResultsDialog';
import { Toasts } from '@/toast/Toasts';
import { AppBar } from './AppBar';
import { AppMenu } from './AppMenu';
import { OfflineBar } from './OfflineBar';
import { RaNotifications } from './RaNotifications';
import { useScroll } from './useScroll';
import { t } from '@/i18n/t';

/** Where the menu lies above the page, and goes with it: styles/layout.css. */
const above = '(max-width: 1000px)';

/** The kind of page that an address leads to: that of another one may still be on its way. */
const kindOf = (pathname: string) => pathname.replace(/\/\d+(?=\/|$)/g, '/:id');

export function Layout({ children }: { children: ReactNode }) {
  const narrow = useMediaQuery(above, { noSsr: true });
  const [beside, keepBeside] = useStore('menu.open', true);
  const [shown, show] = useState(false);
  const [open, setOpen] = narrow ? [shown, show] : [beside, keepBeside];
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useScroll();
  useEffect(() => {
    show(false);
  }, [pathname]);
  return (
    <div className={open ? 'app' : 'app menu-closed'}>
      {/* Its address would be one of the router's. */}
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('Skip to the page')}</a>
      <AppBar menuOpen={open} onMenu={() => setOpen(!open)} />
      <AppMenu />
      {open && <button className="menu-backdrop" aria-label={t('Close the menu')} onClick={() => setOpen(false)} />}
      <main className="app-main" id="main" ref={main} tabIndex={-1}>
        <OfflineBar />
        {/* Another one for each kind: without it the page before stays, as if nobody had clicked, until the code has come. */}
        <Suspense key={kindOf(pathname)} fallback={<PageSkeleton />}>{children}</Suspense>
      </main>
      <Toasts />
      <RaNotifications />
      <ResultsDialog />
      <ShortcutHost />
      <PaletteHost />
    </div>
  );
}
