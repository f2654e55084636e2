import { useRef, useState, type DragEvent } from 'react';
import Button from '@mui/material/Button';
import UploadIcon from '@mui/icons-material/FileUploadOutlined';
import { fieldOf, type ResourceDef } from '@/api/definitions';
import { downloadCsv } from '@/ui/csv';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useSession } from '@/session/session';
import { templateOf } from './template';

/** Takes the file, dropped or chosen, and explains what has to be in it. */
export function Chooser({ def, onChoose }: { def: ResourceDef; onChoose: (file: File) => void }) {
  const { schema } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const key = fieldOf(def, def.import_key)?.label ?? def.import_key;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onChoose(file);
  };
  return (
    <section
      className={`card import-drop ${over ? 'over' : ''}`}
      aria-label={t('File')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <UploadIcon aria-hidden />
      <h2>{t('Drop a CSV file here')}</h2>
      <p className="muted">{t('You see what happens to each row before anything is written.')}</p>
      <div className="import-buttons">
        <Button variant="contained" autoFocus onClick={() => input.current?.click()}>{t('Choose a file')}</Button>
        <Button variant="outlined" onClick={() => downloadCsv(`${def.name}-template.csv`, templateOf(def, schema.resources))}>{t('Download a template')}</Button>
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,.tsv,.txt"
        hidden
        aria-label={t('CSV file')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = ''; // so that the same file can be chosen again
          if (file) onChoose(file);
        }}
      />
      <ul className="import-rules muted">
        <li>{t('A row whose {key} is known changes that {label}; any other adds one.', { key, label: inSentence(def.label) })}</li>
        <li>{t('The columns are those of an export, in any order; those that are missing stay as they are.')}</li>
        <li>{t('Amounts have a point, such as 19.90, or where cells are separated by semicolons or tabs a comma. Yes and no are true and false.')}</li>
      </ul>
    </section>
  );
}
