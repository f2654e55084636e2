/**
 * Texts are written where they are used, in English; that text is also the key by
 * which a catalogue of another language replaces it.
 */
let catalogue: Record<string, string> = {};

export function setCatalogue(texts: Record<string, string>) {
  catalogue = texts;
}

export function t(text: string, values: Record<string, string | number> = {}): string {
  return (catalogue[text] ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** One or many: plural(n, '{n} order', '{n} orders'). */
export function plural(n: number, one: string, many: string, values: Record<string, string | number> = {}): string {
  return t(n === 1 ? one : many, { n: n.toLocaleString(), ...values });
}
