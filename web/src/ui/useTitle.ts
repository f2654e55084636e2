import { useEffect } from 'react';

/** Sets the title of the browser tab. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} · Storekeeper`;
  }, [title]);
}
