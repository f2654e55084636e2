/** Every text that people read passes through here. It is written in English where it is used; {name} is replaced by a value. */
export function t(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** One or many: plural(n, '{n} order', '{n} orders'). */
export function plural(n: number, one: string, many: string, values: Record<string, string | number> = {}): string {
  return t(n === 1 ? one : many, { n: n.toLocaleString(), ...values });
}
