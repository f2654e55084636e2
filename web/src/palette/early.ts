/** What was typed before the palette was there. */
interface Early {
  text: string;
  entered: boolean;
}

let early: Early = { text: '', entered: false };

/** Keeps what is typed for the palette, so that it goes nowhere else, until the function that is returned is called. */
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

/** Goes before what is typed from now on. */
export function typeEarly(text: string) {
  early = { ...early, text: early.text + text };
}

/** Hands over what was kept, once. */
export function takeEarly(): Early {
  const taken = early;
  early = { text: '', entered: false };
  return taken;
}
