import { useReference } from 'ra-core';
import { Link } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { useMay } from '@/session/session';
import { recordPath, recordTitle, useDef } from '../record';

interface Props {
  resource: string;
  id: number;
  link?: boolean;
}

/** The title of a record of another resource. All titles of a page are fetched together. */
export function ReferenceValue({ resource, id, link = true }: Props) {
  const def = useDef(resource);
  const may = useMay()(`${resource}:read`) && def !== undefined;
  const { referenceRecord, isPending } = useReference<RecordData>({
    reference: resource, id, options: { enabled: may, staleTime: 60_000 },
  });
  if (!may || !def) return <>{id}</>;
  if (!referenceRecord) return isPending ? <span className="skeleton" style={{ width: 80 }} /> : <>{id}</>;
  const title = recordTitle(def, referenceRecord);
  return link ? <Link className="link" to={recordPath(resource, id)}>{title}</Link> : <>{title}</>;
}
