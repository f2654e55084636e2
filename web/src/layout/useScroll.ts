import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** A new page begins at its top; Back and Forward lead to where one was on it. */
export function useScroll() {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const places = useRef(new Map<string, number>());
  const shown = useRef(pathname);
  const wanted = useRef<number | undefined>(undefined);

  useEffect(() => {
    history.scrollRestoration = 'manual'; // the browser's comes before the page is there
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
  // ra-core's lists go where they were last, whatever led there; what surrounds them comes after them.
  useEffect(() => {
    if (wanted.current !== undefined) window.scrollTo(0, wanted.current);
  }, [key, pathname, type]);
}
