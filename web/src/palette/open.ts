import { makeStore } from '@/api/store';

export const paletteOpen = makeStore(false);

export const openPalette = () => paletteOpen.set(true);
