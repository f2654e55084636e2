import { useState } from 'react';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import type { ResourceDef } from '@/api/definitions';
import { downloadCsv } from '@/ui/csv';
import { inSentence, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { withReasons } from './csvFile';
import { reasonOf } from './outcome';
import type { Import } from './useImport';

/** The actions after a file was checked, imported or undone. */
export function ImportActions({ def, run }: { def: ResourceDef; run: Import }) {
  const { stage, file, failure, outcome: { count, rows } } = run;
  const may = useMay();
  const [undoing, setUndoing] = useState(false);
  const good = count.created + count.updated;

  const saveRefused = () => {
    if (!file) return;
    const reasons = new Map(rows.filter((row) => row.verdict === 'refused').map((row) => [row.line, reasonOf(row, def)]));
    downloadCsv(`${file.name.replace(/\.\w+$/, '')}-refused.csv`, withReasons(file, reasons));
  };
  const undo = async () => {
    setUndoing(true);
    try {
      const n = await run.undo();
      toast(plural(n, 'Undone for {n} record', 'Undone for {n} records'), n > 0 ? 'success' : 'error');
    } catch (error) {
      toastError(error);
    }
    setUndoing(false);
  };
  const refused = count.refused > 0 && (
    <Button variant="outlined" onClick={saveRefused}>{plural(count.refused, 'Download the refused row', 'Download the refused rows')}</Button>
  );
  const again = <Button onClick={run.reset}>{t('Choose another file')}</Button>;
  const list = (
    <Button variant="contained" component={Link} to={`/${def.name}`}>{t('Show the {plural}', { plural: inSentence(def.label_plural) })}</Button>
  );
  if (stage === 'undone') {
    return (
      <div className="save-bar import-actions">
        {list}
        {refused}
        {again}
        <span className="note" role="status">{count.kept > 0 ? plural(count.kept, 'Undone, except for {n} record.', 'Undone, except for {n} records.') : t('The import was undone.')}</span>
      </div>
    );
  }
  if (stage === 'imported') {
    return (
      <div className="save-bar import-actions">
        {failure.length > 0 ? <Button variant="contained" onClick={() => void run.write()}>{t('Go on')}</Button> : list}
        {may('audit:revert') && good > 0 && <Button variant="outlined" disabled={undoing} onClick={() => void undo()}>{undoing ? t('Undoing…') : t('Undo this import')}</Button>}
        {refused}
        {again}
        <span className="note" role="status">{t('{added} added, {changed} changed.', { added: number(count.created), changed: number(count.updated) })}</span>
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
