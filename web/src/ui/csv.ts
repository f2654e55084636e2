import { download } from './download';

export const csvText = (rows: unknown[][]) => [...rows.map((row) => row.map(cell).join(',')), ''].join('\r\n');

/** Text that a spreadsheet would take for a formula gets an apostrophe, also after apostrophes of its own: an import removes just one. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  let text = String(value as string | number);
  if (typeof value === 'string' && /^'*[=+\-@\t\r\n]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const downloadCsv = (name: string, text: string) => download(name, ['\ufeff', text], 'text/csv;charset=utf-8');
