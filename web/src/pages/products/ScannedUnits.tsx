import type { RefObject } from 'react';
import { isEnter } from '@/keys/enter';

interface Props {
  input: RefObject<HTMLInputElement | null>;
  label: string;
  text: string;
  wrong?: string; // the id of the message that says why the text is no valid number
  readOnly: boolean;
  onChange: (text: string) => void;
  onFocus?: () => void;
  onEnter: () => unknown;
}

/** The input for the units of a product in a list of scanned products. */
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
      onKeyDown={(e) => isEnter(e) && void onEnter()}
    />
  );
}
