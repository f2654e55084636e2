import { t } from '@/i18n/t';
import { PageHead } from '@/ui/PageHead';
import { RoleForm } from './RoleForm';

export default function RoleCreate() {
  return (
    <>
      <PageHead title={t('Add role')} crumb={{ label: t('Roles'), to: '/roles' }} />
      <RoleForm />
    </>
  );
}
