import { t } from '@/i18n/t';
import { anyDigit, useShortcuts } from '@/keys/shortcuts';
import { openPaletteWith } from '@/palette/open';

/** Typing a number, or scanning it from a slip, opens the palette to find the order. */
export function useNumberKeys(group: string) {
  useShortcuts([{ keys: anyDigit, text: t('Find an order by its number, typed or scanned'), group, run: (event) => openPaletteWith(event.key) }]);
}
