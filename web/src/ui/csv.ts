import { decimalSeparator, moneyText } from '@/i18n/format';
import { download } from './download';

/** Where amounts have a decimal comma, spreadsheets expect semicolons between cells, and take 12.05 for a date. An import reads both forms. */
const separator = decimalSeparator === ',' ? ';' : ',';

export const csvText = (rows: unknown[][]) => [...rows.map((row) => row.map(cell).join(separator)), ''].join('\r\n');

/** An amount as the person's spreadsheet reads it; with three decimals always with a point, as 1,000 may be a thousand. */
export function moneyCell(minor: number, code?: string) {
  const text = moneyText(minor, 'en', code);
  return separator === ';' && !/\.\d{3}/.test(text) ? text.replace('.', ',') : text;
}

/** A time in the person's zone, in the form that spreadsheets of all languages take for one. It is for people: an import ignores such columns. */
export const timeCell = (iso: string) => new Date(iso).toLocaleString('sv-SE');

/** Text that a spreadsheet would take for a formula gets an apostrophe, also after apostrophes of its own: an import removes just one. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  let text = String(value as string | number);
  if (typeof value === 'string' && /^'*[=+\-@\t\r\n]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const downloadCsv = (name: string, text: string) => download(name, ['\ufeff', text], 'text/csv;charset=utf-8');
