import { useGetOne, useResourceContext } from 'ra-core';
import { useParams } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { idOf, useDefOf } from '../record';

/** The record that the address names, of the resource whose page this is. */
export function useRecord() {
  const def = useDefOf(useResourceContext() ?? '');
  const { id } = useParams<{ id: string }>();
  const query = useGetOne<RecordData>(def.name, { id: idOf(id) }, { retry: false });
  return { def, record: query.data, error: query.error as unknown, isPending: query.isPending, refetch: query.refetch };
}
