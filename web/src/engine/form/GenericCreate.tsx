import { useResourceContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { recordPath, useDefOf } from '../record';
import { RecordForm } from './RecordForm';

export default function GenericCreate() {
  const def = useDefOf(useResourceContext() ?? '');
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('Add {label}', { label: inSentence(def.label) })} crumb={{ label: def.label_plural, to: `/${def.name}` }} />
      <RecordForm def={def} onSaved={(saved) => void navigate(recordPath(def.name, saved.id), { replace: true })} />
    </>
  );
}
