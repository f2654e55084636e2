import { useLocation } from 'react-router';
import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { RoleForm, type Role } from './RoleForm';

/** The form of a new role: empty, or a copy of the role whose page led here. */
export default function RoleCreate() {
  const { like } = (useLocation().state ?? {}) as { like?: Role };
  return (
    <>
      <PageHead title={t('Add role')} crumb={{ label: t('Roles'), to: '/roles' }} />
      <RoleForm like={like} />
    </>
  );
}
