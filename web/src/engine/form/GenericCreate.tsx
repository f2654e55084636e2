import { useState } from 'react';
import { useResourceContext } from 'ra-core';
import { useNavigate } from 'react-router';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { useWayBack } from '../list/queue';
import { recordPath, useDefOf } from '../record';
import { RecordForm } from './RecordForm';

interface Props {
  given?: Record<string, unknown>; // values that are known already
  onSaved?: (saved: RecordData) => void;
}

/** The form of a new record. After saving it opens the page of the record, or begins the next one, unless onSaved is given. */
export default function GenericCreate({ given, onSaved }: Props) {
  const def = useDefOf(useResourceContext() ?? '');
  const navigate = useNavigate();
  const list = useWayBack(def.name) ?? `/${def.name}`;
  const [last, setLast] = useState<RecordData>();
  return (
    <>
      <PageHead title={t('Add {label}', { label: inSentence(def.label) })} crumb={{ label: def.label_plural, to: list }} />
      <RecordForm
        key={last?.id}
        def={def}
        given={{ ...belonging(def, last), ...given }}
        onSaved={onSaved ?? ((saved) => void navigate(recordPath(def.name, saved.id), { replace: true }))}
        onAnother={onSaved ? undefined : setLast}
      />
    </>
  );
}

/** The values that the next record takes over from the last one: what it belongs to. */
const belonging = (def: ResourceDef, last: RecordData | undefined) =>
  last && Object.fromEntries(def.fields.filter((f) => f.type === 'reference' && f.creatable).map((f) => [f.name, last[f.name]]));
