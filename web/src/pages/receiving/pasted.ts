interface PastedRow {
  row: string;
  line: number; // the line of the delivery note
  sku: string;
  units: string; // as they are written; empty if there are none
}

/** The rows of a delivery note. Each has a SKU, which a tab, a semicolon or a comma separates from the units. */
export function pastedRows(text: string): PastedRow[] {
  const rows = text.split(/\r?\n/).map((row, i) => ({ row: row.trim(), line: i + 1 })).filter(({ row }) => row);
  return rows.map(({ row, line }) => {
    const [, sku = row, units = ''] = /^(.+?)\s*[\t;,]\s*([^\t;,]+)$/.exec(row) ?? [];
    return { row, line, sku, units };
  });
}
