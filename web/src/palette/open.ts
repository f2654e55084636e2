import { makeStore } from '@/api/store';
import { typeEarly } from './early';

export const paletteOpen = makeStore(false);

export const openPalette = () => paletteOpen.set(true);

/** Opens the palette with the beginning of a text that is still being typed. */
export function openPaletteWith(text: string) {
  typeEarly(text);
  openPalette();
}
