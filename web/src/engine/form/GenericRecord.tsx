import type { ReactNode } from 'react';
import { offers, type RecordData } from '@/api/definitions';
import { useMay } from '@/session/session';
import { RecordFrame } from './RecordFrame';
import { RecordForm } from './RecordForm';
import { DeletedNotice } from './DeletedNotice';
import { DeleteButton } from './DeleteButton';
import { Facts } from './Facts';
import { Referring } from './Referring';

interface Props {
  actions?: (record: RecordData) => ReactNode; // buttons of a page written by hand, for a record that is not deleted
}

/** The page of a record of any resource: a form when the person may change it, else its values as text. */
export default function GenericRecord({ actions }: Props) {
  const may = useMay();
  return (
    <RecordFrame actions={(record, def) => !record.deleted_at && <>{actions?.(record)}<Referring def={def} record={record} /></>}>
      {(record, def) => {
        if (record.deleted_at) return <DeletedNotice def={def} record={record} />;
        if (!offers(def, 'update') || !may(`${def.name}:update`)) return <Facts def={def} record={record} all />;
        return (
          <RecordForm
            key={record.id}
            def={def}
            record={record}
            side={<Facts def={def} record={record} />}
            actions={<DeleteButton def={def} record={record} />}
          />
        );
      }}
    </RecordFrame>
  );
}
