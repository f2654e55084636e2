interface PastedRow {
  row: string;
  sku: string;
  units: string; // as they are typed, empty where none are given
}

/** The rows of a delivery note: a SKU in each, and behind a tab, semicolon or comma the units. */
export function pastedRows(text: string): PastedRow[] {
  const rows = text.split(/\r?\n/).map((row) => row.trim()).filter(Boolean);
  return rows.map((row) => {
    const [, sku = row, units = ''] = /^(.+?)\s*[\t;,]\s*([^\t;,]+)$/.exec(row) ?? [];
    return { row, sku, units };
  });
}
