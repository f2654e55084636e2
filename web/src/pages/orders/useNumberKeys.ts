import { t } from '@/i18n/t';
import { anyDigit, useShortcuts } from '@/keys/shortcuts';
import { openPaletteWith } from '@/palette/open';

/** A number that is typed, or scanned from a slip, leads to its order from wherever one is. */
export function useNumberKeys(group: string) {
  useShortcuts([{ keys: anyDigit, text: t('Find an order by its number, typed or scanned'), group, run: (event) => openPaletteWith(event.key) }]);
}
