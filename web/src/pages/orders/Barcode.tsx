import { useMemo } from 'react';
import JsBarcode from 'jsbarcode';

interface Encoded {
  encodings?: { data: string }[];
}

const height = 44;
const module = 2; // the width of a bar

/** A text as a Code 128 barcode, which hand scanners read. */
export function Barcode({ text }: { text: string }) {
  const bars = useMemo(() => barsOf(text), [text]);
  return (
    <figure className="barcode">
      <svg width={bars.length * module} height={height} role="img" aria-label={text} shapeRendering="crispEdges">
        {bars.map((dark, i) => (dark ? <rect key={i} x={i * module} width={module} height={height} /> : null))}
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  );
}

/** The modules of the barcode from left to right; true is dark. */
function barsOf(text: string): boolean[] {
  const encoded: Encoded = {};
  JsBarcode(encoded, text, { format: 'CODE128' });
  return [...(encoded.encodings ?? []).map((part) => part.data).join('')].map((bit) => bit === '1');
}
