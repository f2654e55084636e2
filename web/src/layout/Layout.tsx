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

/** On screens this narrow the menu lies above the page and closes with it: see styles/layout.css. */
const above = '(max-width: 1000px)';

/** The address without ids: each kind of page has code of its own, which may still have to be loaded. */
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
      {/* Following the link would be a navigation of the router, which uses the hash. */}
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('Skip to the page')}</a>
      <AppBar menuOpen={open} onMenu={() => setOpen(!open)} />
      <AppMenu />
      {open && <button className="menu-backdrop" aria-label={t('Close the menu')} onClick={() => setOpen(false)} />}
      <main className="app-main" id="main" ref={main} tabIndex={-1}>
        <OfflineBar />
        {/* The key shows the skeleton at once. Without it the old page stays until the code is loaded, as if nobody had clicked. */}
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
