import { plain } from './match';
import { t } from './t';

/** Amounts and times in the person's locale and zone. */
let currency = 'EUR';
let minorUnits: Record<string, number> = {};
let compactMoney = new Intl.NumberFormat(undefined, { style: 'currency', currency });
const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Sets the shop's currency, and the decimal digits of currencies that do not have two. Browsers disagree about some. */
export function setCurrency(code: string, units: Record<string, number>) {
  currency = code;
  minorUnits = units;
  moneyFormats.clear();
  compactMoney = new Intl.NumberFormat(undefined, {
    style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1,
  });
}

const digitsOf = (code: string) => minorUnits[code] ?? 2;

/** A format for amounts with the symbol of their currency, or bare, as people type them. Kept, because Intl takes 0.1 ms to make one. */
function moneyFormat(code: string, bare = false, locale?: string): Intl.NumberFormat {
  const key = [code, bare, locale].join();
  let format = moneyFormats.get(key);
  if (!format) {
    const digits = digitsOf(code);
    const style = bare ? { useGrouping: false } : { style: 'currency' as const, currency: code };
    format = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits });
    moneyFormats.set(key, format);
  }
  return format;
}

/** An amount as a string that Intl formats exactly; division would lose cents near the largest amounts. */
const exact = (minor: number, code: string) => `${minor}e-${digitsOf(code)}` as `${number}`;

/** An amount in the shop's currency, or in that of an order, which may be from before the shop changed its own. */
export const money = (minor: number, code = currency) => moneyFormat(code).format(exact(minor, code));

const whole = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** A share of a whole; of what is rounded to nothing, that there is some. */
export const percent = (part: number) => (part > 0 && part < 0.005 ? `<${whole.format(0.01)}` : whole.format(part));

/** Says that a number exceeds this one, shortened: over €90T. */
function over(least: number, options: Intl.NumberFormatOptions = {}): string {
  const format = new Intl.NumberFormat(undefined, { ...options, notation: 'compact', maximumFractionDigits: 1, roundingMode: 'trunc' });
  return t('over {n}', { n: format.format(least) });
}

const largest = Number.MAX_SAFE_INTEGER;
const overAmount = (least: number) => over(least / 10 ** digitsOf(currency), { style: 'currency', currency });

/** A sum of a report, which is null if it exceeds the largest amount. */
export const knownMoney = (sum: number | null) => (sum === null ? overAmount(largest) : money(sum));

/** A sum of quantities in a report, which is null if it exceeds the largest number. */
export const knownNumber = (sum: number | null) => (sum === null ? over(largest) : number(sum));

/** The average of so many orders, which is null if there are none, or if their sum exceeds the largest amount. */
export const knownAverage = (average: number | null, orders: number) =>
  (average !== null ? money(average) : orders === 0 ? '–' : overAmount(largest / orders));

/** For the axes of charts: €1.2K. */
export const moneyShort = (minor: number) => compactMoney.format(minor / 10 ** digitsOf(currency));

export const currencySymbol = () =>
  moneyFormat(currency).formatToParts(0).find((p) => p.type === 'currency')?.value ?? currency;

/** 1999 as a person types it: 19.99, with the decimal separator of their locale or the given one. */
export const moneyText = (minor: number, locale?: string, code = currency) => moneyFormat(code, true, locale).format(exact(minor, code));

/** The digits of the locale, from 0 to 9. */
const localDigits = [...new Intl.NumberFormat(undefined, { useGrouping: false }).format(9_876_543_210)].reverse();

/** A typed number in Latin digits, without direction marks, and with separators that keyboards have. */
function typed(text: string): string {
  const latin = text.replace(/\p{Nd}/gu, (digit) => (localDigits.includes(digit) ? String(localDigits.indexOf(digit)) : digit));
  return latin.replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '').replace(/٫/g, '.').replace(/٬/g, ',').replace(/\s/g, ' ').replace(/’/g, "'");
}

const separatorOf = (format: Intl.NumberFormat, type: 'decimal' | 'group') => format.formatToParts(1_000_000.5).find((p) => p.type === type)?.value;
const wholeFormat = new Intl.NumberFormat(undefined, { useGrouping: true });
export const decimalSeparator = typed(separatorOf(wholeFormat, 'decimal') ?? '.');
const groupSeparator = typed(separatorOf(wholeFormat, 'group') ?? ',');

/** Whether digits are grouped by thousands or lakhs, all with the same separator. */
const isGrouped = /^-?\d{1,3}([.,])(?:\d{2,3}\1)*\d{3}$/;

/**
 * Reads an amount in minor units, exactly, with a point or a comma as the decimal
 * separator; NaN when it is none.
 */
export function parseMoney(text: string): number {
  const digits = digitsOf(currency);
  const plain = typed(text).replace(/[ ']/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const grouped = last >= 0 && plain[last] === groupSeparator && plain.length - last - 1 === 3;
  const front = last < 0 || grouped ? plain : plain.slice(0, last);
  const separator = grouped ? undefined : plain[last];
  if (/[.,]/.test(front) && (!isGrouped.test(front) || (separator && front.includes(separator)))) return NaN;
  const whole = front.replace(/[.,]/g, '');
  const fraction = last < 0 || grouped ? '' : plain.slice(last + 1);
  if (!/^-?\d+$/.test(whole || '0') || !/^\d*$/.test(fraction) || fraction.length > digits) return NaN;
  if (whole === '' && fraction === '') return NaN;
  const minor = Number((whole || '0') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : NaN;
}

/** Reads a whole number, in plain digits or grouped as the locale groups them; NaN when it is none. */
export function parseInteger(text: string): number {
  const [, sign = '', rest = ''] = /^([-+−]?)(.*)$/.exec(typed(text.trim())) ?? [];
  const digits = rest.replaceAll(groupSeparator, '');
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(Number(digits))) return NaN;
  if (rest !== digits && rest !== typed(wholeFormat.format(Number(digits)))) return NaN;
  return Number(digits) * (sign === '' || sign === '+' ? 1 : -1);
}

/**
 * Reads a number in plain digits, with a point or a comma as the decimal separator; NaN when
 * it is none, or could also be a grouped whole number.
 */
export function parseDecimal(text: string): number {
  const [, sign, whole, separator, fraction = ''] = /^([-+−]?)(\d+)(?:([.,])(\d+))?$/.exec(typed(text.trim())) ?? [];
  if (whole === undefined || (separator !== decimalSeparator && fraction.length === 3)) return NaN;
  return Number(`${whole}.${fraction}`) * (sign === '-' || sign === '−' ? -1 : 1);
}

const plainDecimal = new Intl.NumberFormat(undefined, { useGrouping: false, maximumFractionDigits: 20 });

/** A number as a person types it, which parseDecimal reads. */
export const decimalText = (n: number) => plainDecimal.format(String(n) as `${number}`);

const decimalFormat = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1 });
export const decimalHint = () => t('Enter a number, such as {n}.', { n: decimalFormat.format(2.5) });

/** The message when parseInteger returned NaN. */
export const wholeNumberHint = () => t('Enter a whole number, such as {n}.', { n: wholeFormat.format(12_000) });

/** Reads the number in a field of this type; NaN when it is none. */
export function parseNumber(type: string, text: string): number {
  if (type === 'money') return parseMoney(text);
  return type === 'integer' ? parseInteger(text) : parseDecimal(text);
}

const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export const dateTime = (iso: string) => dateTimeFormat.format(new Date(iso));
export const date = (iso: string) => dateFormat.format(new Date(iso));
export const shortDay = (iso: string) => dayFormat.format(new Date(iso));
export const number = (n: number) => n.toLocaleString();

const signedFormat = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });

/** By how much something rose or fell: +5, −3. */
export const signed = (n: number) => signedFormat.format(n).replace('-', '−');

const exactDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 20 });

/** A decimal number with all its digits, so that two different ones never look the same. */
export const decimal = (n: number) => exactDecimal.format(n);

const compactNumber = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** For the axes of charts: 1.5M. */
export const numberShort = (n: number) => compactNumber.format(n);

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How long ago, in the largest whole unit: 5 min, 3 h, 2 d. */
export function age(iso: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
  if (minutes < 60) return t('{n} min', { n: number(minutes) });
  if (minutes < 48 * 60) return t('{n} h', { n: number(Math.floor(minutes / 60)) });
  return t('{n} d', { n: number(Math.floor(minutes / 1440)) });
}

/** How long ago something happened: just now, 5 min ago. */
export const ago = (iso: string, now = Date.now()) => (now - Date.parse(iso) < 60_000 ? t('just now') : t('{age} ago', { age: age(iso, now) }));

/** 'stock_takes' or 'low-stock' as words: Stock takes. */
export function words(name: string): string {
  const text = name.replace(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text as a slug: 'Café help' as cafe-help. */
export const slugOf = (text: string) => plain(text).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** A label within a sentence: "Product" as "product", but "API token" as it is. */
export const inSentence = (label: string) => (/^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1));

/** The start of the day of an instant in the person's time zone, or of the day that many days later. */
export function dayStart(at: Date, offset = 0): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + offset);
}
