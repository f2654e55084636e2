import { keyColumn, type ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { columnOf, lineEnd, type CsvFile, type CsvRecord } from './csvFile';

/** The most records and bytes of one request, which the server accepts. */
const mostRecords = 1_000;
const mostBytes = 1_000_000;

/** A part of a file that is sent in one request, with the header of the whole file. */
export interface Piece {
  first: number; // the lowest line of its records
  last: number; // the highest
  lines: ReadonlySet<number>; // the first line of each of its own records
  text: string;
}

interface Options {
  leaveOut?: ReadonlySet<number>; // the lines of records that are not sent
  alone?: boolean; // for a dry run: each piece has all that its records refer to, since no earlier piece is written
}

/**
 * Cuts the file between records. Empty lines take the place of what is left out, so that all lines
 * keep their numbers. A record that others refer to is in the same piece as they are, or in an earlier one.
 * Throws an error for people when a record is too long for a request.
 */
export function piecesOf(file: CsvFile, def: ResourceDef, { leaveOut = new Set(), alone = false }: Options = {}): Piece[] {
  const pieces: Piece[] = [];
  const referred = referredBy(file, def);
  let own: CsvRecord[] = [];
  let sent = new Set<CsvRecord>();
  let [bytes, lines] = [0, 0];
  const close = () => {
    if (own.length > 0) pieces.push(pieceOf(file, own, sent));
    [own, sent, bytes, lines] = [[], new Set(), 0, 0];
  };
  const missing = (record: CsvRecord) => (alone ? reach(record, referred) : [record]).filter((one) => !sent.has(one));
  for (const record of inOrder(file.records, referred)) {
    if (leaveOut.has(record.line)) continue;
    if (record.raw.length > mostBytes) throw new Error(t('The row in line {line} is longer than 1 MB. Is a quotation mark missing or too many?', { line: record.line }));
    let more = missing(record);
    if (sent.size + more.length > mostRecords || bytes + sizeOf(more) + Math.max(lines, lastOf(more)) > mostBytes) {
      close();
      more = missing(record).slice(-mostRecords);
    }
    more.forEach((one) => sent.add(one));
    own.push(record);
    bytes += sizeOf(more);
    lines = Math.max(lines, lastOf(more));
  }
  close();
  return pieces;
}

type Referred = ReadonlyMap<CsvRecord, CsvRecord[]>;

/** For each record, the records of the file that it refers to by key, such as the parent of a category. */
function referredBy(file: CsvFile, def: ResourceDef): Referred {
  const referred = new Map<CsvRecord, CsvRecord[]>();
  const keys = columnOf(file, def.import_key);
  const columns = def.fields
    .filter((field) => field.reference === def.name)
    .flatMap((field) => columnOf(file, keyColumn(field)) ?? []);
  if (!keys || columns.length === 0) return referred;
  const byKey = new Map<string | undefined, CsvRecord>();
  for (const record of file.records) if (!byKey.has(keys.get(record.line))) byKey.set(keys.get(record.line), record);
  for (const record of file.records) {
    referred.set(record, columns.flatMap((column) => byKey.get(column.get(record.line)) ?? []));
  }
  return referred;
}

/** The records in the order of the file, except that each comes after those that it refers to. */
function inOrder(records: CsvRecord[], referred: Referred): CsvRecord[] {
  const order = new Set<CsvRecord>();
  for (const record of records) for (const one of reach(record, referred)) order.add(one);
  return [...order];
}

/** All records of the file that a record refers to, directly or not, and then itself. Each is listed once, even in a cycle. */
function reach(record: CsvRecord, referred: Referred): CsvRecord[] {
  const seen = new Set([record]);
  for (const one of seen) for (const next of referred.get(one) ?? []) seen.add(next);
  return [...seen].reverse();
}

const lastOf = (records: CsvRecord[]) => records.reduce((last, { line }) => Math.max(last, line), 0);
const encoder = new TextEncoder();
const sizeOf = (records: CsvRecord[]) => records.reduce((sum, { raw }) => sum + encoder.encode(raw).length + 2, 0);

function pieceOf({ declaration, header }: CsvFile, own: CsvRecord[], sent: ReadonlySet<CsvRecord>): Piece {
  let text = '';
  let line = 1;
  for (const { line: at, raw } of [...(declaration ? [declaration] : []), header, ...[...sent].sort((a, b) => a.line - b.line)]) {
    text += '\n'.repeat(at - line) + raw;
    line = at + raw.split(lineEnd).length - 1;
  }
  const lines = own.map((record) => record.line);
  return { first: Math.min(...lines), last: Math.max(...lines), lines: new Set(lines), text: `${text}\n` };
}
