import { lazy, Suspense, useEffect, useLayoutEffect } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { keepEarly } from './early';
import { paletteOpen } from './open';

const load = () => import('./Palette');
const Palette = lazy(load);

/** Opens the palette on Ctrl-K or Cmd-K. Its code is loaded soon after the page. */
export function PaletteHost() {
  const open = paletteOpen.use();
  const { key } = useLocation();
  const wentBack = useNavigationType() === NavigationType.Pop;
  useEffect(() => {
    if (wentBack) paletteOpen.set(false); // but not on other navigation: a scan may arrive before the next page
  }, [key, wentBack]);
  useEffect(() => {
    // If the server cannot be reached, the code is loaded when the palette is opened.
    const timer = setTimeout(() => load().catch(() => undefined), 2_000);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (event.repeat) return;
      paletteOpen.set((was) => !was);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return open ? <Suspense fallback={<Meanwhile />}><Palette onClose={() => paletteOpen.set(false)} /></Suspense> : null;
}

/** Keeps what is typed while the palette's code is loading. */
function Meanwhile() {
  useLayoutEffect(keepEarly, []);
  return null;
}
