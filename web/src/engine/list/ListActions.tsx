import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import AddIcon from '@mui/icons-material/Add';
import BackIcon from '@mui/icons-material/ArrowBack';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import UploadIcon from '@mui/icons-material/FileUploadOutlined';
import TrashIcon from '@mui/icons-material/DeleteOutlineOutlined';
import { useListContext } from 'ra-core';
import { Link } from 'react-router';
import { offers, type ResourceDef } from '@/api/definitions';
import { defaultSort } from '@/engine/record';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useGo } from '@/keys/useGo';
import { useMay } from '@/session/session';
import type { Column, useColumns } from './columns';
import { useExport } from './exportCsv';
import { ColumnsMenu } from './ListMenus';
import { inTrash, trashFilter, trashSort } from './trash';
import { ViewsMenu } from './ViewsMenu';

/** Whether the resource can be imported from files, and the person may do so. */
export const canImport = (def: ResourceDef, may: (permission: string) => boolean) =>
  offers(def, 'import') && may('data:import') && (may(`${def.name}:create`) || may(`${def.name}:update`));

interface Props {
  def: ResourceDef;
  columns: Column[];
  chosen: ReturnType<typeof useColumns>;
  children?: ReactNode;
}

export function ListActions({ def, columns, chosen, children }: Props) {
  const { filterValues, setFilters, setSort } = useListContext();
  const may = useMay();
  const exportCsv = useExport(def);
  const goTo = useGo();
  const trash = inTrash(filterValues as object);
  const toggleTrash = () => {
    setFilters(trash ? {} : trashFilter);
    setSort(trash ? defaultSort(def) : trashSort);
  };
  const canCreate = !trash && offers(def, 'create') && may(`${def.name}:create`);
  const create = `/${def.name}/create`;
  useShortcuts([{ keys: 'c', text: t('Add {label}', { label: inSentence(def.label) }), group: def.label_plural, run: () => goTo(create) }], canCreate);
  return (
    <>
      <ViewsMenu />
      <ColumnsMenu columns={columns} {...chosen} />
      {!trash && canImport(def, may) && <Button startIcon={<UploadIcon />} component={Link} to={`/${def.name}/import`}>{t('Import')}</Button>}
      {may('data:export') && <Button startIcon={<DownloadIcon />} onClick={exportCsv}>{t('Export')}</Button>}
      {def.soft_delete && may(`${def.name}:delete`) && (
        <Button startIcon={trash ? <BackIcon /> : <TrashIcon />} onClick={toggleTrash}>
          {trash ? t('Leave the trash') : t('Trash')}
        </Button>
      )}
      {children}
      {canCreate && (
        <Button variant="contained" startIcon={<AddIcon />} component={Link} to={create}>
          {t('Add {label}', { label: inSentence(def.label) })}
        </Button>
      )}
    </>
  );
}
