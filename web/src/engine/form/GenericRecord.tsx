import { offers } from '@/api/definitions';
import { useMay } from '@/session/session';
import { RecordFrame } from './RecordFrame';
import { RecordForm } from './RecordForm';
import { DeletedNotice } from './DeletedNotice';
import { DeleteButton } from './DeleteButton';
import { Facts } from './Facts';
import { Referring } from './Referring';

/** The page of a record of any resource: a form when the person may change it, else its values as text. */
export default function GenericRecord() {
  const may = useMay();
  return (
    <RecordFrame actions={(record, def) => !record.deleted_at && <Referring def={def} record={record} />}>
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
