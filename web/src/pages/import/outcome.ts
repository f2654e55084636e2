import { isProblem, messageOf, sentence } from '@/api/problem';
import { fieldOf, type ResourceDef } from '@/api/definitions';
import { whyOfVerdict } from '@/engine/history/whyOf';
import type { RevertVerdict } from '@/api/revert';
import { number, words } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { columnOf, columnsIn, overlong, type CsvFile } from './csvFile';
import type { Piece } from './pieces';

export type Verdict = 'created' | 'updated' | 'unchanged' | 'refused' | 'undone' | 'kept';

export interface ImportedRow {
  line: number;
  key: string;
  id: number | null;
  verdict: Verdict;
  changes?: Record<string, { before: unknown; after: unknown }>;
  errors?: { location?: string; message: string }[]; // the location is a column
}

/** The server's answer to a file, or to a piece of one. */
export interface Imported {
  ignored_columns: string[];
  request_id: string;
  rows: ImportedRow[];
}

/** What became of a whole file, or would become of it. */
export interface Outcome {
  rows: ImportedRow[];
  ignored: string[];
  count: Record<Verdict, number>;
}

export function outcomeOf(answers: Omit<Imported, 'request_id'>[]): Outcome {
  const rows = answers.flatMap((answer) => answer.rows).sort((a, b) => a.line - b.line);
  const count = { created: 0, updated: 0, unchanged: 0, refused: 0, undone: 0, kept: 0 };
  for (const { verdict } of rows) count[verdict]++;
  return { rows, ignored: [...new Set(answers.flatMap((answer) => answer.ignored_columns))], count };
}

/** Refuses rows whose key was in an earlier piece. Within a piece the server does so, but it cannot see the others. */
export function refuseRepeated(answers: Imported[], key: string): Imported[] {
  const seen = new Map<string, number>();
  return answers.map((answer) => {
    const rows = answer.rows.map((row): ImportedRow => {
      const first = seen.get(row.key);
      if (row.verdict === 'refused' || first === undefined) return row;
      return { line: row.line, key: row.key, id: row.id, verdict: 'refused', errors: [{ location: key, message: t('is in line {n} already', { n: first }) }] };
    });
    for (const row of answer.rows) if (row.key && !seen.has(row.key)) seen.set(row.key, row.line);
    return { ...answer, rows };
  });
}

/**
 * Says first of a refused row that it has more cells than there are columns. The server does so only where the last
 * ones are not empty, without a word of why, and does not know the key of such a row.
 */
export function tellOverlong(answer: Imported, file: CsvFile, key: string): Imported {
  const refused = new Set(answer.rows.filter(({ verdict }) => verdict === 'refused').map(({ line }) => line));
  if (refused.size === 0) return answer;
  const theirs = { ...file, records: file.records.filter(({ line }) => refused.has(line)) }; // of many: there is an answer for each piece
  const lengths = overlong(theirs);
  const keys = columnOf(theirs, key);
  const rows = answer.rows.map((row): ImportedRow => {
    const cells = lengths.get(row.line);
    if (cells === undefined) return row;
    const message = t('It has {n} cells, but there are {columns} columns. A text that contains “{separator}” has to be in quotation marks', {
      n: cells, columns: columnsIn(file), separator: file.separator === '\t' ? t('tab') : file.separator,
    });
    return { ...row, key: row.key || keys?.get(row.line) || '', errors: [{ message }, ...(row.errors ?? []).filter((e) => e.location)] };
  });
  return { ...answer, rows };
}

/** The rows of an import after it was undone. A record that somebody has changed since is kept, and its row says so. */
export function afterUndo(answers: Imported[], def: ResourceDef, verdicts: RevertVerdict[]): Imported[] {
  const errors = new Map<number | null, RevertVerdict['error']>();
  for (const v of verdicts) if (v.resource === def.name) errors.set(v.record_id, errors.get(v.record_id) ?? v.error);
  return answers.map((answer) => ({
    ...answer,
    rows: answer.rows.map((row): ImportedRow => {
      if (!errors.has(row.id) || (row.verdict !== 'created' && row.verdict !== 'updated')) return row;
      const error = errors.get(row.id);
      return error ? { ...row, verdict: 'kept', errors: [{ message: whyOfVerdict(error, def) }] } : { ...row, verdict: 'undone' };
    }),
  }));
}

/** Why a row was refused, in the words of the screen. */
export const reasonOf = (row: ImportedRow, def: ResourceDef) =>
  (row.errors ?? []).map(({ location, message }) => (location ? `${labelOf(def, location)}: ${message}` : message)).join('; ');

/** The label of a column, which is named like its field, or like a reference without `_id`. */
export const labelOf = (def: ResourceDef, column: string) => (fieldOf(def, column) ?? fieldOf(def, `${column}_id`))?.label ?? words(column);

const shownProblems = 10;

/** Why a piece was refused as a whole, followed by the lines that the server names. */
export function failureOf(error: unknown, piece: Piece, only: boolean, def: ResourceDef): string[] {
  const errors = isProblem(error, 'invalid') ? (error.body.errors ?? []) : [];
  const where = only ? '' : `${t('Lines {first} to {last}', { first: number(piece.first), last: number(piece.last) })}: `;
  const shown = errors.slice(0, shownProblems).map(({ location = '', message }) => placed(location, message, def));
  const more = errors.length - shown.length;
  const general = isProblem(error) ? error.message : messageOf(error);
  return [where + general, ...shown, ...(more > 0 ? [plural(more, 'And {n} more.', 'And {n} more.')] : [])];
}

/** A message with its location, such as `body.lines[4].price`, in words. */
function placed(location: string, message: string, def: ResourceDef) {
  const [, line, column] = /^body\.lines\[(\d+)\]\.?(.*)$/.exec(location) ?? [];
  const place = [line && t('Line {n}', { n: Number(line) }), column && labelOf(def, column)].filter(Boolean).join(', ');
  return sentence(place ? `${place}: ${message}` : message);
}
