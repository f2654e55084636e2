/** ra-core's default exporter is never used: engine/list/exportCsv.ts is. */
export default function noJsonExport(): never {
  throw new Error('the default exporter of ra-core is not built in');
}
