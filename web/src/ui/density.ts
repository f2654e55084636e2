import { useStore } from 'ra-core';

/** The height of table rows; kept in this browser. */
export const useDensity = () => useStore<'dense' | 'roomy'>('density', 'dense');
