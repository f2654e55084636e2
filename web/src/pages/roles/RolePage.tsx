import Button from '@mui/material/Button';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import { Link } from 'react-router';
import { DeleteButton } from '@/engine/form/DeleteButton';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Chip } from '@/ui/Chip';
import { RoleFacts } from './RoleFacts';
import { RoleForm, type Role } from './RoleForm';

/** A role and its permissions. Built-in roles can be read and duplicated, but not changed. */
export default function RolePage() {
  const canManage = useMay()('roles:manage');
  return (
    <RecordFrame
      beside={(record) => record.is_built_in === true && <Chip value="" tone="violet" label={t('Built-in')} />}
      actions={(record, def) => (
        <>
          {canManage && (
            <Button variant="outlined" startIcon={<CopyIcon />} component={Link} to="/roles/create" state={{ like: record }}>
              {record.is_built_in === true ? t('Duplicate as a custom role') : t('Duplicate')}
            </Button>
          )}
          {record.is_built_in !== true && <DeleteButton def={def} record={record} />}
        </>
      )}
    >
      {(record) => (
        record.is_built_in === true || !canManage
          ? <RoleFacts role={record as Role} />
          : <RoleForm key={record.id} role={record as Role} />
      )}
    </RecordFrame>
  );
}
