import { lazy, Suspense, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { t } from '@/i18n/t';
import { menuOf } from '@/layout/menu';
import { useSession } from '@/session/session';
import { openShortcutSheet, pressKey, sheetOpen, useShortcuts, type Shortcut } from './shortcuts';

const ShortcutSheet = lazy(() => import('./ShortcutSheet'));

/** Listens to keys, and offers what works on every page: g and a letter goes somewhere. */
export function ShortcutHost() {
  const session = useSession();
  const navigate = useNavigate();
  const open = sheetOpen.use();
  useEffect(() => {
    window.addEventListener('keydown', pressKey);
    return () => window.removeEventListener('keydown', pressKey);
  }, []);

  const taken = new Set<string>();
  const goTo: Shortcut[] = menuOf(session).flatMap((g) => g.entries).flatMap((entry) => {
    const letter = [...entry.label.toLowerCase()].find((c) => /[a-z]/.test(c) && !taken.has(c));
    if (!letter) return [];
    taken.add(letter);
    return [{ keys: `g ${letter}`, text: entry.label, group: t('Go to'), run: () => void navigate(entry.to) }];
  });
  useShortcuts([...goTo, { keys: '?', text: t('Show these shortcuts'), group: t('Everywhere'), run: openShortcutSheet }]);
  return open ? <Suspense><ShortcutSheet onClose={() => sheetOpen.set(false)} /></Suspense> : null;
}
