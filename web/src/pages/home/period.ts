import { date, dayStart } from '@/i18n/format';
import { t } from '@/i18n/t';

/** A period. Its key is its name in the address, or 'custom' if the address has its first and last day. */
export interface Period {
  key: string;
  from: Date;
  to: Date; // exclusive
}

export const choices = [
  { key: '7d', label: t('7 days') },
  { key: '30d', label: t('30 days') },
  { key: '90d', label: t('90 days') },
  { key: 'month', label: t('This month') },
  { key: 'last-month', label: t('Last month') },
  { key: 'year', label: t('This year') },
];

const days: Record<string, number> = { '7d': 7, '30d': 30, '90d': 90 };

export const today = (now: Date): Period => ({ key: 'today', from: dayStart(now), to: dayStart(now, 1) });

/** The period that the address names; 30 days if it names none. */
export function periodOf(params: URLSearchParams, now: Date): Period {
  const first = dayOf(params.get('from'));
  const last = dayOf(params.get('to'));
  if (first && last && !problemWith(first, last, now)) return { key: 'custom', from: first, to: dayStart(last, 1) };
  const key = params.get('period') ?? '30d';
  const to = dayStart(now, 1);
  if (key === 'month') return { key, from: new Date(now.getFullYear(), now.getMonth(), 1), to };
  if (key === 'last-month') return { key, from: new Date(now.getFullYear(), now.getMonth() - 1, 1), to: new Date(now.getFullYear(), now.getMonth(), 1) };
  if (key === 'year') return { key, from: new Date(now.getFullYear(), 0, 1), to };
  const known = key in days ? key : '30d';
  return { key: known, from: dayStart(to, -(days[known] ?? 30)), to };
}

/**
 * A month or year is compared with the same days of the one before, and a whole month with a whole one. Other
 * periods are compared with as many days before, which the server computes (undefined).
 */
export function sameDaysBefore({ key, from }: Period, until: Date): Period | undefined {
  const months = { month: 1, 'last-month': 1, year: 12 }[key];
  if (months === undefined) return undefined;
  const to = new Date(until);
  to.setMonth(to.getMonth() - months); // for 31 March this is still in March, hence the limit below
  return { key, from: new Date(from.getFullYear(), from.getMonth() - months, 1), to: to < from ? to : from };
}

const firstYear = 2000;
const mostYears = 5;

/** What is wrong with the period between these days, if anything. Reports cover at most five years. */
export function problemWith(first: Date, last: Date, now: Date): string {
  if (last < first) return t('The last day is before the first.');
  if (last > dayStart(now)) return t('There is nothing after today yet.');
  if (first < new Date(last.getFullYear() - mostYears, last.getMonth(), last.getDate() + 1)) return t('At most {n} years.', { n: mostYears });
  return '';
}

/** A complete day; null while its year is still being typed. */
export function dayOf(text: string | null): Date | null {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '') ?? []).map(Number);
  const at = new Date(year, month - 1, day);
  return year >= firstYear && dayText(at) === text ? at : null;
}

/** How many days a period has. */
export const daysOf = ({ from, to }: Period) => Math.round((to.getTime() - from.getTime()) / 86_400_000);

/** A day as `<input type="date">` and the address write it. */
export const dayText = (at: Date) =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

/** The days of a period, as people write them. */
export function titleOf({ from, to }: Period): string {
  const [first, last] = [from, dayStart(to, -1)].map((day) => date(day.toISOString())) as [string, string];
  return first === last ? first : t('{from} – {to}', { from: first, to: last });
}

const query = ({ key, from, to }: Period) => (key === 'custom' ? `from=${dayText(from)}&to=${dayText(dayStart(to, -1))}` : `period=${key}`);

export const homePath = (period: Period) => `/?${query(period)}`;
export const returnsPath = (period: Period) => `/returned?${query(period)}`;
export const soldPath = (period: Period) => `/sold?${query(period)}`;
