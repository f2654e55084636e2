import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import type { ReactNode } from 'react';
import { AdoptedSheet } from './adoptedSheet';

const cache = createCache({ key: 'sk' });
cache.sheet = new AdoptedSheet({ key: cache.key, container: document.head, speedy: true });

export const EmotionRoot = ({ children }: { children: ReactNode }) => (
  <CacheProvider value={cache}>{children}</CacheProvider>
);
