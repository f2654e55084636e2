interface PastedRow {
  row: string;
  line: number; // of the note
  sku: string;
  units: string; // as they are typed, empty where none are given
}

/** The rows of a delivery note: a SKU in each, and behind a tab, semicolon or comma the units. */
export function pastedRows(text: string): PastedRow[] {
  const rows = text.split(/\r?\n/).map((row, i) => ({ row: row.trim(), line: i + 1 })).filter(({ row }) => row);
  return rows.map(({ row, line }) => {
    const [, sku = row, units = ''] = /^(.+?)\s*[\t;,]\s*([^\t;,]+)$/.exec(row) ?? [];
    return { row, line, sku, units };
  });
}
