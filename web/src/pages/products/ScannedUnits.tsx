import type { RefObject } from 'react';
import { isEnter } from '@/keys/enter';

interface Props {
  input: RefObject<HTMLInputElement | null>;
  label: string;
  text: string;
  wrong?: string; // the id of what says why the text is no number of units
  readOnly: boolean;
  onChange: (text: string) => void;
  onFocus?: () => void;
  onEnter: () => unknown;
}

/** The units of a product in a list that is scanned, as they are typed. */
export function ScannedUnits({ input, label, text, wrong, readOnly, onChange, onFocus, onEnter }: Props) {
  return (
    <input
      ref={input}
      className="scan-units"
      inputMode="numeric"
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong !== undefined}
      aria-describedby={wrong}
      readOnly={readOnly}
      value={text}
      onChange={(e) => onChange(e.target.value)}
      onFocus={(e) => {
        onFocus?.();
        e.target.select();
      }}
      onKeyDown={(e) => {
        if (isEnter(e)) void onEnter();
        if (e.key === 'Escape') e.currentTarget.blur();
      }}
    />
  );
}
