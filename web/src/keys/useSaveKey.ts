import { useEffect, useEffectEvent } from 'react';

const forms: object[] = [];

/** Ctrl-S or Cmd-S saves the form that was opened last, instead of letting the browser save the page. */
export function useSaveKey(save: () => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) save();
  });
  useEffect(() => {
    const form = {};
    forms.push(form);
    const listener = (event: KeyboardEvent) => forms.at(-1) === form && onKey(event);
    window.addEventListener('keydown', listener);
    return () => {
      forms.splice(forms.indexOf(form), 1);
      window.removeEventListener('keydown', listener);
    };
  }, []);
}
