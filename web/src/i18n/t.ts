/** Every text that people read passes through here. It is written in English where it is used; {name} is replaced by a value. */
export function t(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069]/;

/**
 * Keeps a value that is written from right to left from reordering the text around it, such as an old and a new price.
 * Closes the direction marks that the value leaves open, and drops those that close more than it opens.
 */
function isolated(value: string): string {
  if (!rightToLeft.test(value)) return value;
  let open = 0;
  const own = value.replace(/[\u2066-\u2069]/g, (mark) => {
    if (mark !== '\u2069') open++;
    else if (open === 0) return '';
    else open--;
    return mark;
  });
  return `\u2068${own}${'\u2069'.repeat(open + 1)}`;
}

/** One or many: plural(n, '{n} order', '{n} orders'). */
export function plural(n: number, one: string, many: string, values: Record<string, string | number> = {}): string {
  return t(n === 1 ? one : many, { n: n.toLocaleString(), ...values });
}
