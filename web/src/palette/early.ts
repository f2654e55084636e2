/** What was typed before the palette was loaded. */
interface Early {
  text: string;
  entered: boolean;
}

let early: Early = { text: '', entered: false };

/** Keeps what is typed for the palette, so that nothing else gets it, until the returned function is called. */
export function keepEarly() {
  const keep = (event: KeyboardEvent) => {
    const typed = event.key.length === 1 && (event.altKey || !(event.ctrlKey || event.metaKey));
    if (!typed && event.key !== 'Backspace' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (early.entered) return;
    if (event.key === 'Enter') early = { ...early, entered: true };
    else early = { ...early, text: typed ? early.text + event.key : early.text.slice(0, -1) };
  };
  window.addEventListener('keydown', keep, true);
  return () => window.removeEventListener('keydown', keep, true);
}

/** Puts a text before what is typed from now on. */
export function typeEarly(text: string) {
  early = { ...early, text: early.text + text };
}

/** Returns what was kept, and forgets it. */
export function takeEarly(): Early {
  const taken = early;
  early = { text: '', entered: false };
  return taken;
}
