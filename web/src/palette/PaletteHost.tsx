import { lazy, Suspense, useEffect } from 'react';
import { paletteOpen } from './open';

const Palette = lazy(() => import('./Palette'));

/** Opens the palette on Ctrl-K or Cmd-K; its code loads on first use. */
export function PaletteHost() {
  const open = paletteOpen.use();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      paletteOpen.set((was) => !was);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return open ? <Suspense><Palette onClose={() => paletteOpen.set(false)} /></Suspense> : null;
}
