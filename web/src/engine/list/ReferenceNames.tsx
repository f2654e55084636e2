import { useGetMany } from 'ra-core';
import type { FieldDef, RecordData } from '@/api/definitions';
import { useMay } from '@/session/session';
import { recordTitle, useDef } from '../record';

/** Describes a filter by references with their titles instead of their ids. */
export function ReferenceNames({ field, value }: { field: FieldDef; value: unknown }) {
  const def = useDef(field.reference);
  const ids = String(value as string).split(',').map(Number);
  const may = useMay()(`${field.reference}:read`);
  const { data } = useGetMany<RecordData>(field.reference, { ids }, { enabled: may && def !== undefined });
  const names = ids.map((id) => {
    const record = data?.find((r) => r?.id === id);
    return def && record ? recordTitle(def, record) : String(id);
  });
  return <>{field.label}: {names.join(', ')}</>;
}
