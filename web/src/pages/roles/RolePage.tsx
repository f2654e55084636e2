import { DeleteButton } from '@/engine/form/DeleteButton';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { t } from '@/i18n/t';
import { Chip } from '@/ui/Chip';
import { RoleForm, type Role } from './RoleForm';

/** A role: what it may do, as a matrix. Built-in roles can be read, not changed. */
export default function RolePage() {
  return (
    <RecordFrame
      beside={(record) => record.is_built_in === true && <Chip value="" tone="violet" label={t('Built in')} />}
      actions={(record, def) => record.is_built_in !== true && <DeleteButton def={def} record={record} />}
    >
      {(record) => <RoleForm key={`${record.id}-${record.version}`} role={record as Role} />}
    </RecordFrame>
  );
}
