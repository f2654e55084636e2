import { useCallback, useState } from 'react';

/**
 * Tells whether a table fits into the box around it, so that the box need not scroll. Only then
 * can the table's head stay in sight while the page scrolls. Takes the ref of the table.
 */
export function useFits() {
  const [fits, setFits] = useState(false);
  const watch = useCallback((table: HTMLTableElement) => {
    const box = table.parentElement!;
    const observer = new ResizeObserver(() => setFits(table.offsetWidth <= box.clientWidth));
    observer.observe(table);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [watch, fits] as const;
}
