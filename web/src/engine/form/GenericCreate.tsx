import { useResourceContext } from 'ra-core';
import { useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { recordPath, useDefOf } from '../record';
import { RecordForm } from './RecordForm';

interface Props {
  given?: Record<string, unknown>; // values that are known already
  onSaved?: (saved: RecordData) => void;
}

/** The form of a new record. After saving it opens the page of the record, unless onSaved is given. */
export default function GenericCreate({ given, onSaved }: Props) {
  const def = useDefOf(useResourceContext() ?? '');
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('Add {label}', { label: inSentence(def.label) })} crumb={{ label: def.label_plural, to: `/${def.name}` }} />
      <RecordForm def={def} given={given} onSaved={onSaved ?? ((saved) => void navigate(recordPath(def.name, saved.id), { replace: true }))} />
    </>
  );
}
