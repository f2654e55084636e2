import { useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Props {
  label: string;
  name: string; // the prefix of the tabs' ids
  panel: string; // the id of the panel that they control
  tabs: { key: string; label: ReactNode }[];
  chosen: string;
  onChoose: (key: string) => void;
  autoFocus?: boolean; // of the chosen tab
  bare?: boolean; // not within a card
}

/** Tabs. The Tab key reaches the chosen one, and the arrow keys, Home and End move to the others. */
export function Tabs({ label, name, panel, tabs, chosen, onChoose, autoFocus = false, bare = false }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const here = buttons.findIndex((button) => button === event.target); // not the chosen one, whose content may still be loading
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
