import type { KeyboardEvent } from 'react';

const unitsIn = (part: Element | null) => [...part?.querySelectorAll<HTMLInputElement>('input.scan-units') ?? []];

/** The down arrow goes from the empty search field of a sheet to the units of its first row. */
export function intoUnits(event: KeyboardEvent, search: HTMLInputElement | null) {
  const [first] = unitsIn(event.currentTarget.closest('section'));
  if (event.key !== 'ArrowDown' || event.target !== search || search.value !== '' || !first) return;
  event.preventDefault();
  first.focus();
}

/** The arrow keys go from the units of one row to those of the next, and up from the first. */
export function stepUnits(event: KeyboardEvent, onTop: () => void) {
  const inputs = unitsIn(event.currentTarget);
  const at = inputs.findIndex((input) => input === event.target);
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (by === undefined || at < 0) return;
  event.preventDefault();
  if (at + by < 0) onTop();
  else inputs[at + by]?.focus();
}
