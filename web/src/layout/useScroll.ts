import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** A new page begins at its top. Back and Forward return to where the page was scrolled to. */
export function useScroll() {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const places = useRef(new Map<string, number>());
  const shown = useRef(pathname);
  const wanted = useRef<number | undefined>(undefined);

  useEffect(() => {
    history.scrollRestoration = 'manual'; // the browser would restore the position before the page is rendered
  }, []);
  useLayoutEffect(() => {
    const moved = pathname !== shown.current;
    wanted.current = type === NavigationType.Pop ? (places.current.get(key) ?? 0) : moved ? 0 : undefined;
    shown.current = pathname;
    if (wanted.current !== undefined) window.scrollTo(0, wanted.current);
    const remember = () => void places.current.set(key, window.scrollY);
    window.addEventListener('scroll', remember);
    return () => window.removeEventListener('scroll', remember);
  }, [key, pathname, type]);
  // ra-core's lists restore their last position in any case; this effect of a parent runs after theirs.
  useEffect(() => {
    if (wanted.current !== undefined) window.scrollTo(0, wanted.current);
  }, [key, pathname, type]);
}
