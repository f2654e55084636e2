import { useEffect, useRef, useState } from 'react';
import SearchIcon from '@mui/icons-material/Search';
import { useListContext } from 'ra-core';
import type { ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';

const pauseMs = 120;

/** Searches while one types; the address follows. */
export function SearchField({ def }: { def: ResourceDef }) {
  const { filterValues, setFilters } = useListContext();
  const applied = String((filterValues as { q?: string }).q ?? '');
  const [text, setText] = useState(applied);
  const filters = JSON.stringify(filterValues);
  const [seen, setSeen] = useState(filters);
  const [sent, setSent] = useState<string[]>([]); // what the address does not show yet
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const due = useRef<string | null>(null);
  const now = useRef({ filterValues, setFilters }); // when the pause is over, not when it began
  useEffect(() => {
    now.current = { filterValues, setFilters };
  });
  if (seen !== filters) {
    const at = sent.indexOf(applied);
    setSeen(filters);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    if (at < 0) setText(applied); // changed from outside: by a link, a saved view or the back button
  }
  const search = (q: string) => {
    clearTimeout(timer.current);
    due.current = null;
    setSent((all) => [...all, q.trim()]);
    now.current.setFilters({ ...(now.current.filterValues as object), q: q.trim() || undefined });
  };
  const later = (q: string) => {
    setText(q);
    clearTimeout(timer.current);
    due.current = q;
    timer.current = window.setTimeout(() => search(q), pauseMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcuts([{ keys: '/', text: t('Search the list'), group: t('List'), run: () => input.current?.focus() }]);

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
        onBlur={() => due.current !== null && search(due.current)} // before what is pressed next
        onKeyDown={(e) => {
          if (e.key === 'Escape') e.currentTarget.blur();
          if (!isEnter(e)) return;
          search(text);
          e.currentTarget.blur();
        }}
      />
      {text === '' && <kbd aria-hidden>/</kbd>}
    </div>
  );
}
