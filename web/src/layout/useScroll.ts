import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** A new page begins at its top; Back and Forward lead to where one was on it. */
export function useScroll() {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const places = useRef(new Map<string, number>());
  const shown = useRef(pathname);

  useEffect(() => {
    history.scrollRestoration = 'manual'; // the browser's comes before the page is there
  }, []);
  useLayoutEffect(() => {
    if (type === NavigationType.Pop) window.scrollTo(0, places.current.get(key) ?? 0);
    else if (pathname !== shown.current) window.scrollTo(0, 0);
    shown.current = pathname;
    const remember = () => void places.current.set(key, window.scrollY);
    remember();
    window.addEventListener('scroll', remember);
    return () => window.removeEventListener('scroll', remember);
  }, [key, pathname, type]);
}
