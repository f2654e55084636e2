import { useRef, useState } from 'react';
import { useRefresh } from 'ra-core';
import { makeAttempt, type Attempt } from '@/api/attempt';
import type { ResourceDef } from '@/api/definitions';
import { request } from '@/api/http';
import { messageOf } from '@/api/problem';
import { revertRequests } from '@/api/revert';
import { untilDone } from '@/api/untilDone';
import { useSession } from '@/session/session';
import { readCsv, withFieldNames, type CsvFile } from './csvFile';
import { afterUndo, failureOf, outcomeOf, refuseRepeated, tellOverlong, type Imported, type ImportedRow } from './outcome';
import { piecesOf, type Piece } from './pieces';
import { headingsOf } from './template';

type Stage = 'choosing' | 'checking' | 'checked' | 'importing' | 'imported' | 'undone';

interface Work {
  piece: Piece;
  attempt: Attempt;
}

/** The import of a file: first all of it is checked, then it is written, both piece by piece. */
export function useImport(def: ResourceDef) {
  const [stage, setStage] = useState<Stage>('choosing');
  const [file, setFile] = useState<CsvFile | null>(null);
  const [checked, setChecked] = useState<Imported[]>([]);
  const [written, setWritten] = useState<Imported[]>([]);
  const [leftOut, setLeftOut] = useState<ImportedRow[]>([]); // refused because an earlier piece has their key, so they are not sent
  const [progress, setProgress] = useState({ done: 0, of: 1 });
  const [failure, setFailure] = useState<string[]>([]);
  const work = useRef<Work[]>([]); // the pieces that are still to be written
  const round = useRef(0);
  const refresh = useRefresh();
  const { resources } = useSession().schema;

  const post = (piece: Piece, query: Record<string, boolean>, headers?: Record<string, string>) =>
    request<Imported>('POST', `/${def.name}/import`, { csv: piece.text, query, headers });

  const reset = () => {
    round.current++;
    work.current = [];
    setStage('choosing');
    setFile(null);
    setChecked([]);
    setWritten([]);
    setLeftOut([]);
    setFailure([]);
  };

  /** Asks the server what would become of each row. */
  const check = async (chosen: File) => {
    reset();
    const mine = round.current;
    const isOver = () => mine !== round.current;
    setStage('checking');
    const answers: Imported[] = [];
    let pieces: Piece[] = [];
    try {
      const read = withFieldNames(await readCsv(chosen), headingsOf(def, resources));
      pieces = piecesOf(read, def, { alone: true });
      if (isOver()) return;
      setFile(read);
      for (const [done, piece] of pieces.entries()) {
        setProgress({ done, of: pieces.length });
        const answer = await post(piece, { dry_run: true });
        answers.push(tellOverlong({ ...answer, rows: answer.rows.filter((row) => piece.lines.has(row.line)) }, read, def.import_key));
        if (isOver()) return;
      }
      const all = refuseRepeated(answers, def.import_key);
      const repeated = all.flatMap(({ rows }, i) => rows.filter((row, j) => row.verdict !== answers[i]?.rows[j]?.verdict));
      work.current = piecesOf(read, def, { leaveOut: new Set(repeated.map((row) => row.line)) }).map((piece) => ({ piece, attempt: makeAttempt() }));
      setLeftOut(repeated);
      setChecked(all);
      setStage('checked');
    } catch (error) {
      if (isOver()) return;
      const piece = pieces[answers.length];
      setFailure(piece ? failureOf(error, piece, pieces.length === 1, def) : [messageOf(error)]);
      setStage('choosing');
    }
  };

  /** Writes the pieces that are not written yet. After a failure, the next call goes on where this one stopped. */
  const write = async () => {
    const skip = outcomeOf(checked).count.refused > 0;
    const of = work.current.length + written.length;
    const answers = [...written];
    setFailure([]);
    setStage('importing');
    for (let next = work.current[0]; next; next = work.current[0]) {
      const { piece, attempt } = next;
      setProgress({ done: answers.length, of });
      try {
        const answer = await attempt([piece.first, skip], (headers) => post(piece, { skip_refused: skip }, headers));
        answers.push(file ? tellOverlong(answer, file, def.import_key) : answer);
      } catch (error) {
        setFailure(failureOf(error, piece, of === 1, def));
        break;
      }
      work.current = work.current.slice(1);
    }
    setWritten(answers);
    setStage(answers.length > 0 ? 'imported' : 'checked');
    refresh();
  };

  /** Undoes all that was written, and returns for how many records that worked. */
  const undo = async () => {
    const verdicts = await untilDone(() => revertRequests(written.map((answer) => answer.request_id)));
    setWritten(afterUndo(written, def, verdicts));
    setFailure([]);
    setStage('undone');
    refresh();
    return verdicts.filter((v) => !v.error).length;
  };

  const shown = stage === 'imported' || stage === 'undone' ? [...written, { ignored_columns: [], rows: leftOut }] : checked;
  return { stage, file, progress, failure, check, write, undo, reset, outcome: outcomeOf(shown) };
}

export type Import = ReturnType<typeof useImport>;
