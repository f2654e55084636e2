import { useEffect, useRef, type RefObject } from 'react';
import { parseInteger } from '@/i18n/format';
import { isEnter } from '@/keys/enter';
import { withSku, type FoundProduct } from './ProductSearch';

/** A larger number is probably a code. */
const mostByHand = 100_000;

interface Props {
  input?: RefObject<HTMLInputElement | null>;
  label: string;
  text: string;
  wrong?: string; // the id of the message that says why the text is no valid number
  readOnly: boolean;
  onChange: (text: string) => void;
  onScanned?: (product: FoundProduct) => void; // the code of a product was scanned here by mistake; the units are then what they were before
  onEnter: () => void;
}

/** The input for the units of a product in a list of scanned products. */
export function ScannedUnits({ input, label, text, wrong, readOnly, onChange, onScanned, onEnter }: Props) {
  const before = useRef(text); // what was there before the person typed
  const typed = useRef(text);
  useEffect(() => {
    if (text !== typed.current) before.current = typed.current = text; // changed elsewhere
  }, [text]);

  const enter = async () => {
    onEnter();
    const [code, was] = [text.trim(), before.current];
    if (!onScanned || text === was || !code || parseInteger(code) <= mostByHand) return;
    const product = await withSku(code).catch(() => undefined);
    if (!product) return;
    onChange(was);
    onScanned(product);
  };
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
      onChange={(e) => {
        typed.current = e.target.value;
        onChange(e.target.value);
      }}
      onFocus={(e) => {
        before.current = text;
        e.target.select();
      }}
      onKeyDown={(e) => {
        if (!isEnter(e)) return;
        e.preventDefault(); // else it would press a button that gets the focus
        void enter();
      }}
    />
  );
}
