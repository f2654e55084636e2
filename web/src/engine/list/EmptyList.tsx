import Button from '@mui/material/Button';
import { useListContext } from 'ra-core';
import { Link } from 'react-router';
import { offers, type ResourceDef } from '@/api/definitions';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { canImport } from './ListActions';
import { inTrash } from './trash';

/** Why a list is empty: nothing there yet, nothing that matches, or an empty trash. */
export function EmptyList({ def }: { def: ResourceDef }) {
  const { filterValues, setFilters } = useListContext();
  const may = useMay();
  const plural = inSentence(def.label_plural);
  if (inTrash(filterValues as object)) {
    return (
      <Empty title={t('The trash is empty')} text={t('Deleted records are kept here and can be restored.')}>
        <Button variant="outlined" onClick={() => setFilters({})}>{t('Back to the list')}</Button>
      </Empty>
    );
  }
  if (Object.keys(filterValues as object).length > 0) {
    return (
      <Empty title={t('No {plural} match', { plural })} text={t('Try fewer words or remove a filter.')}>
        <Button variant="outlined" onClick={() => setFilters({})}>{t('Remove all filters')}</Button>
      </Empty>
    );
  }
  const canCreate = offers(def, 'create') && may(`${def.name}:create`);
  return (
    <Empty title={t('No {plural} yet', { plural })} text={canCreate ? t('Add the first one to get started.') : t('They will appear here.')}>
      {canImport(def, may) && <Button variant="outlined" component={Link} to={`/${def.name}/import`}>{t('Import a file')}</Button>}
      {canCreate && <Button variant="contained" component={Link} to={`/${def.name}/create`}>{t('Add {label}', { label: inSentence(def.label) })}</Button>}
    </Empty>
  );
}
