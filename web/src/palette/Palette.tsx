import Dialog from '@mui/material/Dialog';
import visuallyHidden from '@mui/utils/visuallyHidden';
import { Command } from 'cmdk';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import { offers } from '@/api/definitions';
import { messageOf } from '@/api/problem';
import { listPath } from '@/engine/record';
import { inSentence } from '@/i18n/format';
import { matching } from '@/i18n/match';
import { t } from '@/i18n/t';
import { ResourceIcon } from '@/layout/icons';
import { isEnter } from '@/keys/enter';
import { menuOf } from '@/layout/menu';
import { mayOf, useSession } from '@/session/session';
import { Chip } from '@/ui/Chip';
import { takeEarly } from './early';
import './palette.css';

interface Hit {
  resource: string;
  id: number;
  title: string;
  subtitle: string;
  status: string | null; // of an order
}

/** Finds pages, actions and records by one search, and goes there. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const { hits, searching, failure } = useSearch(text);
  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  const offered = <T extends { label: string }>(all: T[]) => matching(all, (one) => one.label, text);
  const entries = offered(menuOf(session).flatMap((g) => g.entries));
  const actions = offered(session.schema.resources
    .filter((d) => offers(d, 'create') && mayOf(session.me, `${d.name}:create`))
    .map((d) => ({ to: `/${d.name}/create`, icon: d.icon, label: t('Add {label}', { label: inSentence(d.label) }) })));
  const [page] = text.trim() ? [...entries, ...actions] : [];
  const [hit] = hits;
  const empty = hits.length + entries.length + actions.length === 0;
  const input = useRef<HTMLInputElement>(null);
  const { keys, wait, moved } = usePatientEnter(text, searching, page?.to, hit && pathOf(hit), go, input);
  // cmdk chooses the first item when the text changes, but not when the first records come after that.
  const first = page?.to ?? (hit && pathOf(hit)) ?? entries[0]?.to ?? '';
  const [chosen, choose] = useState(first);
  useEffect(() => {
    if (!searching && !moved.current) choose(first);
  }, [first, searching, moved]);
  useLayoutEffect(() => {
    const early = takeEarly();
    setText(early.text);
    if (early.entered) wait(early.text);
  }, [wait]);
  // Where not all that match are shown, their lists show the others.
  const more = hits.length < mostHits ? [] : session.schema.resources.filter((d) => hits.some((h) => h.resource === d.name) && d.fields.some((f) => f.searchable));
  const iconOf = (resource: string) => session.schema.resources.find((d) => d.name === resource)?.icon ?? '';
  const labelOf = (resource: string) => session.schema.resources.find((d) => d.name === resource)?.label ?? '';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="palette-title" sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}>
      <h2 id="palette-title" style={visuallyHidden}>{t('Search or jump to')}</h2>
      <Command shouldFilter={false} label={t('Search or jump to')} loop value={chosen} onValueChange={choose} onKeyDown={keys}>
        <Command.Input ref={input} autoFocus value={text} onValueChange={setText} placeholder={t('Order number, SKU, product, customer, page…')} />
        <p className="palette-note" role="status">{empty && !searching && !failure && t('Nothing found for “{text}”', { text })}</p>
        {empty && searching && <p className="palette-note palette-wait" aria-hidden>{t('Searching…')}</p>}
        <Command.List label={t('Results')}>
          {failure && <p className="palette-failure" role="alert">{t('The search failed. {why}', { why: failure })}</p>}
          {hits.length > 0 && (
            <Command.Group heading={t('Records')}>
              {hits.map((h) => (
                <Command.Item key={pathOf(h)} value={pathOf(h)} onSelect={() => go(pathOf(h))}>
                  <ResourceIcon name={iconOf(h.resource)} />
                  <span className="palette-title">{h.title}</span>
                  <span className="palette-sub">{h.subtitle}</span>
                  {h.status && <Chip value={h.status} />}
                  <span className="palette-kind">{labelOf(h.resource)}</span>
                </Command.Item>
              ))}
              {more.map((d) => (
                <Command.Item key={d.name} value={`/${d.name}?q`} onSelect={() => go(listPath(d.name, { q: text.trim() }))}>
                  <ResourceIcon name={d.icon} />
                  <span className="palette-more">{t('All {plural} with “{text}”', { plural: inSentence(d.label_plural), text: text.trim() })}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          <Group heading={t('Go to')} items={entries} go={go} />
          <Group heading={t('Actions')} items={actions} go={go} />
        </Command.List>
      </Command>
    </Dialog>
  );
}

const mostHits = 10;

const pathOf = (hit: Hit) => `/${hit.resource}/${hit.id}`;

/**
 * A fast typist or a scanner presses Enter before the answer is there. Enter then goes to the page
 * that matches, or waits for the first record found; it never takes a result of an earlier text.
 * After an arrow key, Enter takes the chosen item. The next scan replaces a text that Enter has ended.
 */
function usePatientEnter(text: string, searching: boolean, page: string | undefined, hit: string | undefined, go: (to: string) => void, input: RefObject<HTMLInputElement | null>) {
  const [ended, end] = useState({ text: '' });
  const wait = useCallback((entered: string) => end({ text: entered }), []);
  const moved = useRef(false);
  const ready = ended.text !== '' && ended.text === text ? (page ?? (searching ? undefined : hit)) : undefined;
  useEffect(() => {
    if (ready) go(ready);
  });
  useEffect(() => {
    if (ended.text) input.current?.select();
  }, [ended, input]);
  const keys = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow')) moved.current = true;
    else if (!isEnter(event)) moved.current = false;
    else if (!moved.current && (searching || !(page ?? hit))) {
      event.preventDefault();
      wait(text);
    }
  };
  return { keys, wait, moved };
}

function Group({ heading, items, go }: { heading: string; items: { to: string; label: string; icon: string }[]; go: (to: string) => void }) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {items.map((item) => (
        <Command.Item key={item.to} value={item.to} onSelect={() => go(item.to)}>
          <ResourceIcon name={item.icon} />
          <span className="palette-title">{item.label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useSearch(text: string) {
  const [found, setFound] = useState<{ for: string; hits: Hit[]; failure?: string }>({ for: '', hits: [] });
  const q = text.trim();
  useEffect(() => {
    if (!q) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: Hit[] }>('/search', { q, limit: mostHits }, abort.signal).then(
        ({ items }) => setFound({ for: q, hits: items }),
        (error: unknown) => !abort.signal.aborted && setFound({ for: q, hits: [], failure: messageOf(error) }),
      );
    }, 80);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [q]);
  return { hits: q ? found.hits : [], searching: q !== '' && found.for !== q, failure: found.for === q ? found.failure : undefined };
}
