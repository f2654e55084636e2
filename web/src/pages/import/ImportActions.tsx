import { useState } from 'react';
import Button from '@mui/material/Button';
import { useRefresh } from 'ra-core';
import { Link } from 'react-router';
import { revertRequests } from '@/api/revert';
import type { ResourceDef } from '@/api/definitions';
import { download } from '@/engine/list/exportCsv';
import { inSentence } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { showResults } from '@/ui/results';
import { withReasons } from './csvFile';
import { reasonOf } from './outcome';
import type { Import } from './useImport';

/** What can be done with a file that was looked at, or with what was imported. */
export function ImportActions({ def, run }: { def: ResourceDef; run: Import }) {
  const { stage, file, failure, outcome: { count, rows }, requests } = run;
  const may = useMay();
  const refresh = useRefresh();
  const [undone, setUndone] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const good = count.created + count.updated;

  const saveRefused = () => {
    if (!file) return;
    const reasons = new Map(rows.filter((row) => row.verdict === 'refused').map((row) => [row.line, reasonOf(row)]));
    download(`${file.name.replace(/\.\w+$/, '')}-refused.csv`, withReasons(file, reasons));
  };
  const undo = async () => {
    setUndoing(true);
    try {
      const verdicts = await revertRequests(requests);
      setUndone(true);
      const failed = verdicts.filter((v) => v.error);
      toast(plural(verdicts.length - failed.length, 'Undone for {n} record', 'Undone for {n} records'), failed.length < verdicts.length ? 'success' : 'error');
      const keys = new Map(rows.map((row) => [row.id, row.key]));
      if (failed.length > 0) {
        showResults({
          title: plural(failed.length, '{n} was not undone', '{n} were not undone'),
          rows: verdicts.map((v) => ({ id: v.id, name: keys.get(v.record_id) ?? String(v.record_id), error: v.error && (v.error.detail ?? v.error.title), done: t('Undone') })),
        });
      }
      refresh();
    } catch (error) {
      toastError(error);
    }
    setUndoing(false);
  };
  const refused = count.refused > 0 && (
    <Button variant="outlined" onClick={saveRefused}>{plural(count.refused, 'Download the refused row', 'Download the refused rows')}</Button>
  );
  const again = <Button onClick={run.reset}>{t('Choose another file')}</Button>;
  if (stage === 'imported') {
    return (
      <div className="save-bar import-actions">
        {failure.length > 0
          ? <Button variant="contained" onClick={() => void run.write()}>{t('Go on')}</Button>
          : <Button variant="contained" component={Link} to={`/${def.name}`}>{t('Show the {plural}', { plural: inSentence(def.label_plural) })}</Button>}
        {may('audit:revert') && good > 0 && !undone && <Button variant="outlined" disabled={undoing} onClick={() => void undo()}>{undoing ? t('Undoing…') : t('Undo this import')}</Button>}
        {refused}
        {again}
        <span className="note" role="status">{undone ? t('The import was undone.') : t('{added} added, {changed} changed.', { added: count.created, changed: count.updated })}</span>
      </div>
    );
  }
  return (
    <div className="save-bar import-actions">
      {good > 0 && (
        <Button variant="contained" autoFocus onClick={() => void run.write()}>
          {count.refused > 0 ? plural(good, 'Import the good row', 'Import the {n} good rows') : plural(good, 'Import {n} row', 'Import {n} rows')}
        </Button>
      )}
      {refused}
      {again}
      <span className="note" role="status">
        {good === 0 && (count.refused > 0 ? t('No row can be imported as it is.') : t('Everything is as the file says already.'))}
      </span>
    </div>
  );
}
