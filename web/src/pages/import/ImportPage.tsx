import type { ResourceDef } from '@/api/definitions';
import { LeaveGuard } from '@/engine/form/LeaveGuard';
import { inSentence, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { Chooser } from './Chooser';
import { ImportActions } from './ImportActions';
import { Rows } from './Rows';
import { useImport } from './useImport';
import './import.css';

/** Imports a CSV file. Before anything is written, it shows what would become of each row. */
export default function ImportPage({ def }: { def: ResourceDef }) {
  const run = useImport(def);
  const { stage, file, failure, outcome, progress } = run;
  const busy = stage === 'checking' || stage === 'importing';
  return (
    <>
      <PageHead
        title={t('Import {plural}', { plural: inSentence(def.label_plural) })}
        crumb={{ label: def.label_plural, to: `/${def.name}` }}
        beside={file && <span className="muted">{file.name}</span>}
      />
      <div className="stack">
        {failure.length > 0 && (
          <div className="form-error" role="alert">
            {failure[0]}
            {failure.length > 1 && <ul className="import-problems">{failure.slice(1).map((line) => <li key={line}>{line}</li>)}</ul>}
          </div>
        )}
        {stage === 'choosing' && <Chooser def={def} onChoose={(chosen) => void run.check(chosen)} />}
        {busy && (
          <section className="card" aria-label={t('Progress')}>
            <div className="card-body import-progress" role="status">
              {stage === 'checking' ? t('Looking at the file; nothing is written…') : t('Importing…')}
              <progress value={progress.done} max={progress.of} aria-label={t('Parts that are done')} />
              {progress.of > 1 && <span className="muted num">{t('{n} of {total} parts', { n: number(progress.done), total: number(progress.of) })}</span>}
            </div>
          </section>
        )}
        {(stage === 'checked' || stage === 'imported' || stage === 'undone') && (
          <>
            <Rows key={stage} def={def} file={file} outcome={outcome} stage={stage} />
            <ImportActions def={def} run={run} />
          </>
        )}
      </div>
      <LeaveGuard dirty={stage === 'importing'} />
    </>
  );
}
