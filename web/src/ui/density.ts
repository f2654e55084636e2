import { useStore } from 'ra-core';

/** How high the rows of tables are; kept in this browser. */
export const useDensity = () => useStore<'dense' | 'roomy'>('density', 'dense');
