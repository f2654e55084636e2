import { useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Props {
  label: string;
  name: string; // by which each tab has an id
  panel: string; // the id of what they show
  tabs: { key: string; label: ReactNode }[];
  chosen: string;
  onChoose: (key: string) => void;
  autoFocus?: boolean; // on the one that is chosen
  bare?: boolean; // outside of a card
}

/** Tabs, of which one is reached by Tab and the others from there by arrow keys, Home and End. */
export function Tabs({ label, name, panel, tabs, chosen, onChoose, autoFocus = false, bare = false }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const here = buttons.findIndex((button) => button === event.target); // what it shows may be loading still
    const last = tabs.length - 1;
    const to = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here === 0 ? last : here - 1, Home: 0, End: last }[event.key];
    const tab = to === undefined ? undefined : tabs[to];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab.key);
    buttons[to ?? 0]?.focus();
  };
  return (
    <div className={bare ? 'tabs tabs-bare' : 'tabs'} role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          role="tab"
          id={`${name}-${tab.key}`}
          aria-selected={tab.key === chosen}
          aria-controls={panel}
          tabIndex={tab.key === chosen ? 0 : -1}
          autoFocus={autoFocus && tab.key === chosen}
          onClick={() => onChoose(tab.key)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
