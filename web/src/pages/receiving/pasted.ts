import { parseInteger } from '@/i18n/format';

export interface PastedRow {
  sku: string;
  units: number; // 0 where none are given
}

/** The rows of a delivery note: a SKU in each, and behind a tab, semicolon or comma the units. */
export function pastedRows(text: string): PastedRow[] {
  const rows = text.split(/\r?\n/).map((row) => row.trim()).filter(Boolean);
  return rows.map((row) => {
    const [, sku = row, typed = ''] = /^(.+?)\s*[\t;,]\s*([^\t;,]+)$/.exec(row) ?? [];
    const units = parseInteger(typed);
    return units > 0 ? { sku, units } : { sku: row, units: 0 };
  });
}
