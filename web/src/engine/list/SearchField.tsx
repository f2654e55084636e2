import { useEffect, useRef } from 'react';
import SearchIcon from '@mui/icons-material/Search';
import { useListContext } from 'ra-core';
import type { ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';
import { focusAll, useSearchText } from './useSearchText';

const pauseMs = 120;

/** Searches while the person types; the address follows. */
export function SearchField({ def }: { def: ResourceDef }) {
  const { filterValues, setFilters } = useListContext();
  const applied = String((filterValues as { q?: string }).q ?? '');
  const { text, setText, sending } = useSearchText(applied, filterValues as object);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const due = useRef<string | null>(null);
  const now = useRef({ filterValues, setFilters }); // the current ones at the end of the pause, not those at its start
  useEffect(() => {
    now.current = { filterValues, setFilters };
  });
  const search = (q: string) => {
    clearTimeout(timer.current);
    due.current = null;
    sending(q.trim());
    now.current.setFilters({ ...(now.current.filterValues as object), q: q.trim() || undefined });
  };
  const later = (q: string) => {
    setText(q);
    clearTimeout(timer.current);
    due.current = q;
    timer.current = window.setTimeout(() => search(q), pauseMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcuts([{ keys: '/', text: t('Search the list'), group: t('List'), run: () => focusAll(input.current) }]);

  const places = def.fields.filter((f) => f.searchable).map((f) => inSentence(f.label)).join(', ');
  return (
    <div className="search">
      <SearchIcon aria-hidden />
      <input
        ref={input}
        type="search"
        value={text}
        placeholder={t('Search {places}', { places })}
        aria-label={t('Search {label}', { label: def.label_plural })}
        onChange={(e) => later(e.target.value)}
        onBlur={() => due.current !== null && search(due.current)} // before a click elsewhere acts
        onKeyDown={(e) => {
          if (!isEnter(e)) return;
          search(text);
          e.currentTarget.blur();
        }}
      />
      {text === '' && <kbd aria-hidden>/</kbd>}
    </div>
  );
}
