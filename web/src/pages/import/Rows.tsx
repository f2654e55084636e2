import { useMemo, useState } from 'react';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { fieldOf, type ResourceDef } from '@/api/definitions';
import { sentence } from '@/api/problem';
import { Diff } from '@/engine/history/Diff';
import { recordPath } from '@/engine/record';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Chip, type Tone } from '@/ui/Chip';
import { Tabs } from '@/ui/Tabs';
import { columnOf, type CsvFile } from './csvFile';
import { labelOf, type ImportedRow, type Outcome, type Verdict } from './outcome';

interface Props {
  def: ResourceDef;
  file: CsvFile | null;
  outcome: Outcome;
  stage: 'checked' | 'imported' | 'undone'; // whether the rows show what would happen, what did, or what is left after an undo
}

const before: Verdict[] = ['refused', 'updated', 'created', 'unchanged'];
const afterwards: Verdict[] = ['kept', 'undone', 'refused', 'unchanged'];
const tones: Record<Verdict, Tone> = { refused: 'red', updated: 'blue', created: 'green', unchanged: 'grey', undone: 'grey', kept: 'amber' };
const atOnce = 100;

/** What becomes of each row; a tab for each verdict. */
export function Rows({ def, file, outcome, stage }: Props) {
  const { count, rows, ignored } = outcome;
  const verdicts = stage === 'undone' ? afterwards : before;
  const done = stage !== 'checked';
  const [verdict, setVerdict] = useState(() => verdicts.find((one) => count[one] > 0) ?? 'refused');
  const [most, setMost] = useState(atOnce);
  const labels: Record<Verdict, string> = {
    refused: t('Refused'), updated: done ? t('Changed') : t('Will change'), created: done ? t('Added') : t('New'), unchanged: t('Unchanged'),
    undone: t('Undone'), kept: t('Not undone'),
  };
  const onlyNew = ignored.filter((column) => fieldOf(def, column)?.creatable);
  const never = ignored.filter((column) => !onlyNew.includes(column));
  const shown = rows.filter((row) => row.verdict === verdict);
  const names = useMemo(() => (file && def.title_field !== def.import_key ? columnOf(file, def.title_field) : undefined), [file, def]);
  const show = (one: Verdict) => {
    setVerdict(one);
    setMost(atOnce);
  };
  return (
    <section className="list-card" aria-label={t('Rows of the file')}>
      <Tabs
        label={t('Rows by what becomes of them')}
        name="rows"
        panel="import-rows"
        tabs={verdicts.map((one) => ({ key: one, label: <>{labels[one]} <span className="count">{number(count[one])}</span></> }))}
        chosen={verdict}
        onChoose={(key) => show(key as Verdict)}
        autoFocus={done} // the button that was pressed is gone, and on a tab a key that is still held does nothing
      />
      {never.length > 0 && <p className="import-ignored">{t('Left out, as an import does not write them: {columns}', { columns: never.join(', ') })}</p>}
      {onlyNew.length > 0 && <p className="import-ignored">{t('Only new rows take it, known ones keep what they have: {columns}', { columns: onlyNew.join(', ') })}</p>}
      <div className="table-scroll" role="tabpanel" id="import-rows" aria-labelledby={`rows-${verdict}`} tabIndex={0}>
        {shown.length === 0 ? <p className="import-none muted">{t('There are no such rows.')}</p> : (
          <table className="grid import-rows" aria-labelledby={`rows-${verdict}`}>
            <thead>
              <tr>
                <th scope="col" className="end">{t('Line')}</th>
                <th scope="col">{fieldOf(def, def.import_key)?.label}</th>
                {names && <th scope="col">{fieldOf(def, def.title_field)?.label}</th>}
                <th scope="col">{verdict === 'refused' || verdict === 'kept' ? t('Why') : verdict === 'updated' ? t('Changes') : ''}</th>
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, most).map((row) => (
                <tr key={row.line} className="still">
                  <td className="end muted" data-label={t('Line')}>{row.line}</td>
                  <td className="primary">{row.id === null ? <strong>{row.key || '–'}</strong> : <Link to={recordPath(def.name, row.id)}>{row.key}</Link>}</td>
                  {names && <td>{names.get(row.line)}</td>}
                  <td className="import-why"><Why def={def} file={file} row={row} label={labels[row.verdict]} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {shown.length > most && <div className="import-more"><Button onClick={() => setMost(most + atOnce)}>{t('Show more: {n} of {total} are shown', { n: number(most), total: number(shown.length) })}</Button></div>}
    </section>
  );
}

function Why({ def, file, row, label }: { def: ResourceDef; file: CsvFile | null; row: ImportedRow; label: string }) {
  if (row.verdict === 'updated') return <Diff def={def} changes={Object.entries(row.changes ?? {}).map(([field, change]) => ({ field, ...change }))} />;
  if (row.verdict !== 'refused' && row.verdict !== 'kept') return <Chip value="" tone={tones[row.verdict]} label={label} />;
  return (
    <>
      {(row.errors ?? []).map(({ location = '', message }) => (
        <div key={location + message}>
          {location && <strong>{labelOf(def, location)}: </strong>}{location ? message : sentence(message)}
          {row.verdict === 'refused' && ![def.import_key, def.title_field].includes(location) && <Cell text={cellOf(file, row.line, location)} told={message} />}
        </div>
      ))}
    </>
  );
}

const longest = 40;

/** What the cell has, unless the message says it, as it does of a key that it does not know. */
function Cell({ text, told }: { text: string; told: string }) {
  if (text === '' || told.includes(`"${text}"`)) return null;
  return <span className="muted">{t('; it has “{text}”', { text: text.length > longest ? `${text.slice(0, longest)}…` : text })}</span>;
}

function cellOf(file: CsvFile | null, line: number, column: string): string {
  const record = file?.records.find((one) => one.line === line);
  return (file && record && columnOf({ ...file, records: [record] }, column)?.get(line)?.trim()) ?? '';
}
