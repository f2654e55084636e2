import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { offers, type RecordData, type ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useMay, useSession } from '@/session/session';
import { listPath } from '../record';

interface Props {
  def: ResourceDef;
  record: RecordData;
  but?: string[]; // resources that the page itself shows
}

/** Links to the lists of records that refer to this one, of the same resource, too. */
export function Referring({ def, record, but = [] }: Props) {
  const may = useMay();
  const { resources } = useSession().schema;
  return resources.filter((other) => !but.includes(other.name) && offers(other, 'list') && may(`${other.name}:read`)).map((other) => {
    const fields = other.fields.filter((f) => f.reference === def.name && f.filters.includes(f.name));
    return fields.map((field) => (
      <Button key={field.name} component={Link} to={listPath(other.name, { [field.name]: String(record.id) })}>
        {fields.length > 1 || other === def ? t('{label} ({field})', { label: other.label_plural, field: field.label }) : other.label_plural}
      </Button>
    ));
  });
}
