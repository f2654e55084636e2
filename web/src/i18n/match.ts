/** Letters that Unicode does not take apart into a base letter and a mark. */
const letters: Record<string, string> = { æ: 'ae', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', œ: 'oe', ø: 'o', ß: 'ss', þ: 'th' };
const others = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/** A text for comparisons that ignore case and diacritics: 'Přehled' as prehled. */
export const plain = (text: string) =>
  text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(others, (letter) => letters[letter]!);

/** The items by how well their text matches what is sought: it is that, begins with it, has a word that does, has it anywhere, or does not have it. */
export function bestFirst<T>(items: T[], textOf: (item: T) => string, sought: string): T[] {
  return ranked(items, textOf, sought).map(({ item }) => item);
}

/** Those of the items whose text has what is sought, best first. */
export function matching<T>(items: T[], textOf: (item: T) => string, sought: string): T[] {
  return ranked(items, textOf, sought).filter(({ rank }) => rank < never).map(({ item }) => item);
}

const never = 4;

function ranked<T>(items: T[], textOf: (item: T) => string, sought: string) {
  const wanted = plain(sought.trim());
  const rankOf = (text: string) => {
    if (text.startsWith(wanted)) return text === wanted ? 0 : 1;
    if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 2;
    return text.includes(wanted) ? 3 : never;
  };
  return items.map((item) => ({ item, rank: wanted ? rankOf(plain(textOf(item))) : 0 })).sort((a, b) => a.rank - b.rank);
}
