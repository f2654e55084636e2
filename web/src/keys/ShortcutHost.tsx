import { lazy, Suspense, useEffect } from 'react';
import { t } from '@/i18n/t';
import { menuOf } from '@/layout/menu';
import { openPaletteWith } from '@/palette/open';
import { useSession } from '@/session/session';
import { settle } from './held';
import { openShortcutSheet, pressKey, sheetOpen, useShortcuts, type Shortcut } from './shortcuts';
import { useGo } from './useGo';

const ShortcutSheet = lazy(() => import('./ShortcutSheet'));

/** Listens to keys, and offers the shortcuts of every page, such as g and a letter to go to a page. */
export function ShortcutHost() {
  const session = useSession();
  const goTo = useGo();
  const open = sheetOpen.use();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => pressKey(event, openPaletteWith);
    window.addEventListener('keydown', onKey);
    window.addEventListener('pointerdown', settle, true);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('pointerdown', settle, true);
    };
  }, []);

  const entries = menuOf(session).flatMap((g) => g.entries);
  const letters = lettersOf(entries.map((e) => e.to));
  const pages: Shortcut[] = entries.flatMap(({ to, label }) => {
    const letter = letters.get(to);
    return letter ? [{ keys: `g ${letter}`, text: label, group: t('Go to'), run: () => goTo(to) }] : [];
  });
  useShortcuts([...pages, { keys: '?', text: t('Show these shortcuts'), group: t('Everywhere'), run: openShortcutSheet }]);
  return open ? <Suspense><ShortcutSheet onClose={() => sheetOpen.set(false)} /></Suspense> : null;
}

/** Letters that stay the same whatever else is in the menu. */
const fixed: Record<string, string> = {
  '/': 'h', '/orders': 'o', '/products': 'p', '/customers': 'c', '/categories': 'a', '/staff': 's', '/roles': 'r', '/inventory-movements': 'm',
};

/** A letter for each page: its fixed one, else the first letter of its path that is free. */
function lettersOf(paths: string[]): Map<string, string> {
  const letters = new Map(paths.flatMap((path) => (fixed[path] ? [[path, fixed[path]] as const] : [])));
  const taken = new Set(Object.values(fixed));
  for (const path of paths) {
    const letter = letters.has(path) ? undefined : [...path].find((c) => /[a-z]/.test(c) && !taken.has(c));
    if (!letter) continue;
    taken.add(letter);
    letters.set(path, letter);
  }
  return letters;
}
