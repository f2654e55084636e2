import { makeStore } from '@/api/store';
import { typeEarly } from './early';

export const paletteOpen = makeStore(false);

export const openPalette = () => paletteOpen.set(true);

/** Opens the palette on what is being typed already. */
export function openPaletteWith(text: string) {
  typeEarly(text);
  openPalette();
}
