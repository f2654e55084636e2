/** Every text that people read passes through here. It is written in English where it is used; {name} is replaced by a value. */
export function t(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}

/** Keeps a value that is written from right to left from turning the text around it, such as an old and a new price. */
const isolated = (value: string) => (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(value) ? `\u2068${value}\u2069` : value);

/** One or many: plural(n, '{n} order', '{n} orders'). */
export function plural(n: number, one: string, many: string, values: Record<string, string | number> = {}): string {
  return t(n === 1 ? one : many, { n: n.toLocaleString(), ...values });
}
