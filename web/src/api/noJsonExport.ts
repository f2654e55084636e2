/** Replaces ra-core's default exporter, which is never used: lists export with engine/list/exportCsv.ts. */
export default function noJsonExport(): never {
  throw new Error('the default exporter of ra-core is not built in');
}
