import { useEffect } from 'react';

/** Names the page in the tab of the browser. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} · Storekeeper`;
  }, [title]);
}
