import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { isProblem, messageOf } from '@/api/problem';
import { t } from '@/i18n/t';
import { Empty } from './Empty';
import { LoadFailed } from './LoadFailed';

interface Props {
  label: string; // the kind of record, as within a sentence
  error: unknown;
  onRetry: () => unknown;
  back: { label: string; to: string };
}

/** The page of a record that does not exist or could not be loaded. */
export function NoRecord({ label, error, onRetry, back }: Props) {
  const way = <Button variant="outlined" component={Link} to={back.to}>{back.label}</Button>;
  return isProblem(error, 'not_found')
    ? <Empty page title={t('This {label} does not exist', { label })} text={messageOf(error)}>{way}</Empty>
    : <LoadFailed page title={t('The {label} could not be loaded', { label })} error={error} onRetry={onRetry}>{way}</LoadFailed>;
}
