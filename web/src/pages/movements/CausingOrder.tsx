import { useReference } from 'ra-core';
import type { RecordData } from '@/api/definitions';
import { ReferenceValue } from '@/engine/fields/ReferenceValue';

/** The order that has this line. All lines and orders of a page are fetched together. */
export function CausingOrder({ line }: { line: number }) {
  const { referenceRecord, isPending } = useReference<RecordData>({ reference: 'order-items', id: line, options: { staleTime: Infinity } });
  if (!referenceRecord) return isPending ? <span className="skeleton" style={{ width: 60 }} /> : <span className="muted none">–</span>;
  return <ReferenceValue resource="orders" id={referenceRecord.order_id as number} />;
}
