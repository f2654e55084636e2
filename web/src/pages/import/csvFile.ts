import { t } from '@/i18n/t';

/** A record of a CSV file, as it is written there. */
export interface CsvRecord {
  line: number; // where it begins
  raw: string; // without its final line end
}

export interface CsvFile {
  name: string;
  separator: string;
  declaration?: CsvRecord; // a first line such as sep=; which spreadsheets take for the separator
  header: CsvRecord;
  records: CsvRecord[];
}

/** The column of reasons in our file of refused rows. It is no field, so it is removed before that file is sent again. */
const reasonColumn = 'why_refused';

export const lineEnd = /\r\n|\n|\r/;

export async function readCsv(file: File): Promise<CsvFile> {
  let text;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes); // this also drops a byte order mark
  } catch {
    throw new Error(t('{name} is not a CSV file in UTF-8. A spreadsheet calls it “CSV UTF-8” when it saves.', { name: file.name }));
  }
  const all = recordsOf(text);
  const said = all[0]?.line === 1 ? /^(?:sep=([\t -!#-~])|"sep=([\t -!#-~])")$/i.exec(all[0].raw) : null;
  const declaration = said ? all.shift() : undefined;
  const [header, ...records] = all;
  if (!header || records.length === 0) throw new Error(t('{name} is empty: a line of column names and a row below it are needed.', { name: file.name }));
  return withoutReasons({ name: file.name, separator: said?.[1] ?? said?.[2] ?? separatorOf(header.raw), declaration, header, records });
}

/** Excel's “Unicode Text” is UTF-16 and says so in its byte order mark. Older encodings say nothing, and a guess would spoil names. */
const encodingOf = ([first, second]: Uint8Array) => (first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8');

/** A record ends at the first line end after an even number of quotes. Empty lines are no records. */
function recordsOf(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [start, first, line, quoted] = [0, 1, 1, false];
  for (const { 0: found, index } of text.matchAll(/"|\r\n|\n|\r/g)) {
    if (found === '"') {
      quoted = !quoted;
      continue;
    }
    line++;
    if (quoted) continue;
    if (index > start) records.push({ line: first, raw: text.slice(start, index) });
    [start, first] = [index + found.length, line];
  }
  if (start < text.length) records.push({ line: first, raw: text.slice(start) });
  return records;
}

/** The separator that is most frequent in the header; the server chooses the same one. */
function separatorOf(header: string) {
  const often = (separator: string) => header.split(lineEnd)[0]?.split(separator).length ?? 0;
  return [',', ';', '\t'].reduce((best, one) => (often(one) > often(best) ? one : best));
}

/** A heading in the form in which headings are compared: people write Low stock at, LOW_STOCK_AT or “low-stock at”. */
export const plainHeading = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join('_') ?? '';

/** The file with its headings replaced by the names of the fields; `names` has these by plain heading. */
export function withFieldNames(file: CsvFile, names: ReadonlyMap<string, string>): CsvFile {
  const given = cellsOf(file.header.raw, file.separator);
  const isField = new Set(names.values());
  const fields = given.map((cell) => {
    const name = names.get(plainHeading(cell));
    return name === undefined || isField.has(cell) || given.includes(name) ? cell : name;
  });
  return { ...file, header: { ...file.header, raw: fields.join(file.separator) } };
}

/** The cells of a record, including their quotes. */
function cellsOf(raw: string, separator: string): string[] {
  const cells: string[] = [];
  let [start, quoted] = [0, false];
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === '"') quoted = !quoted;
    if (raw[i] !== separator || quoted) continue;
    cells.push(raw.slice(start, i));
    start = i + 1;
  }
  return [...cells, raw.slice(start)];
}

/** How many cells each record has that has more of them than the header, by line. */
export function overlong(file: CsvFile): Map<number, number> {
  const columns = columnsIn(file);
  return new Map(file.records.map(({ line, raw }) => [line, cellsOf(raw, file.separator).length] as const).filter(([, n]) => n > columns));
}

export const columnsIn = (file: CsvFile) => cellsOf(file.header.raw, file.separator).length;

/** The values of a column, by line; undefined if the file has no such column. */
export function columnOf(file: CsvFile, name: string): Map<number, string> | undefined {
  const plain = (cell = '') => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  const index = cellsOf(file.header.raw, file.separator).findIndex((cell) => plain(cell).trim() === name);
  return index < 0 ? undefined : new Map(file.records.map(({ line, raw }) => [line, plain(cellsOf(raw, file.separator)[index])]));
}

function withoutReasons(file: CsvFile): CsvFile {
  const cells = ({ raw }: CsvRecord) => cellsOf(raw, file.separator);
  const index = cells(file.header).findIndex((cell) => cell.replaceAll('"', '').trim() === reasonColumn);
  if (index < 0) return file;
  // This may remove line ends, but all records keep their line numbers, which are stored in them.
  const cut = (record: CsvRecord) => ({ ...record, raw: cells(record).toSpliced(index, 1).join(file.separator) });
  return { ...file, header: cut(file.header), records: file.records.map(cut) };
}

/** The records on the lines of `reasons`, each followed by its reason. */
export function withReasons(file: CsvFile, reasons: ReadonlyMap<number, string>): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = file.records.flatMap(({ line, raw }) => {
    const reason = reasons.get(line);
    return reason === undefined ? [] : [raw + file.separator + quoted(reason)];
  });
  const top = file.declaration ? [file.declaration.raw] : [];
  return [...top, file.header.raw + file.separator + reasonColumn, ...lines, ''].join('\r\n');
}
