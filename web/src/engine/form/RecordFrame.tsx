import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { isProblem, messageOf } from '@/api/problem';
import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/Empty';
import { LoadFailed } from '@/ui/LoadFailed';
import { PageHead } from '@/ui/PageHead';
import { PageSkeleton } from '@/ui/Skeletons';
import { recordTitle } from '../record';
import { Neighbours } from './Neighbours';
import { useRecord } from './useRecord';

interface Props {
  beside?: (record: RecordData, def: ResourceDef) => ReactNode;
  actions?: (record: RecordData, def: ResourceDef) => ReactNode;
  children: (record: RecordData, def: ResourceDef) => ReactNode;
}

/** The page of one record: its heading, or why it cannot be shown. */
export function RecordFrame({ beside, actions, children }: Props) {
  const { def, record, error, isPending, refetch } = useRecord();
  const crumb = { label: def.label_plural, to: `/${def.name}` };
  if (isPending) return <PageSkeleton />;
  if (!record) {
    const list = <Button variant="outlined" component={Link} to={crumb.to}>{def.label_plural}</Button>;
    return isProblem(error, 'not_found')
      ? <Empty page title={t('This {label} does not exist', { label: inSentence(def.label) })} text={messageOf(error)}>{list}</Empty>
      : <LoadFailed page title={t('It could not be loaded')} error={error} onRetry={refetch}>{list}</LoadFailed>;
  }
  return (
    <>
      <PageHead title={recordTitle(def, record)} crumb={crumb} beside={beside?.(record, def)}>
        <Neighbours def={def} record={record} />
        {actions?.(record, def)}
      </PageHead>
      {children(record, def)}
    </>
  );
}
