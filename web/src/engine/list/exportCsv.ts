import { useDataProvider, useListContext } from 'ra-core';
import { uncounted } from '@/api/dataProvider';
import { keyColumn, keyOf, type FieldDef, type RecordData, type ResourceDef } from '@/api/definitions';
import { currencyOf } from '@/engine/fields/FieldValue';
import { number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay, useSession } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { csvText, downloadCsv, moneyCell, timeCell } from '@/ui/csv';

const pageSize = 200;
const mostRows = 50_000;

/** Writes everything that the list's filters match into a CSV file, in the list's order. */
export function useExport(def: ResourceDef) {
  const { filterValues, sort } = useListContext();
  const dataProvider = useDataProvider();
  const may = useMay();
  const { schema: { resources } } = useSession();

  /** Lines of orders with the currency of their order, on which the digits of their amounts depend. */
  const withCurrency = async (rows: RecordData[]) => {
    const ids = [...new Set(rows.flatMap(({ order_id: id }) => (typeof id === 'number' ? id : [])))];
    if (ids.length === 0 || !may('orders:read') || !def.fields.some(({ type }) => type === 'money')) return rows;
    const { data } = await dataProvider.getMany<RecordData>('orders', { ids });
    const currencies = new Map(data.map((order) => [order.id, order.currency]));
    return rows.map((row) => ({ ...row, currency: currencies.get(row.order_id as number) }));
  };

  /**
   * By field, the key of each record that rows refer to. In another shop it is the same, where the id is another record's.
   * What can be imported is written with all keys of a column or none; an import does not find records in the trash by key.
   */
  const keysOf = async (rows: RecordData[]) => {
    const keys: Keys = new Map();
    for (const { name, type, reference } of def.fields) {
      const key = keyOf(reference, resources);
      if (type !== 'reference' || !key || !may(`${reference}:read`)) continue;
      const ids = [...new Set(rows.flatMap(({ [name]: id }) => (typeof id === 'number' ? id : [])))];
      const { data } = await dataProvider.getMany<RecordData>(reference, { ids });
      const found = new Map<unknown, unknown>(data.flatMap((record) => (def.import_key && record.deleted_at ? [] : [[record.id, record[key]]])));
      if (!def.import_key || ids.every((id) => found.has(id))) keys.set(name, found);
    }
    return keys;
  };

  return async () => {
    try {
      const rows: RecordData[] = [];
      for (let page = 1; rows.length < mostRows; page++) {
        const answer = await dataProvider.getList<RecordData>(def.name, {
          filter: filterValues as object, sort, pagination: { page, perPage: pageSize }, meta: uncounted,
        });
        rows.push(...await withCurrency(answer.data));
        if (!answer.pageInfo?.hasNextPage) break;
      }
      downloadCsv(`${def.name}.csv`, csvOf(def, rows, await keysOf(rows)));
      toast(plural(rows.length, 'Exported {n} row', 'Exported {n} rows'));
      if (rows.length >= mostRows) toast(t('The export stops at {n} rows: filter the list for the rest.', { n: number(mostRows) }), 'info');
    } catch (error) {
      toastError(error);
    }
  };
}

type Keys = Map<string, Map<unknown, unknown>>;

function csvOf(def: ResourceDef, rows: RecordData[], keys: Keys): string {
  const columns = def.fields.filter((f) => f.type !== 'json' && !f.parameter).flatMap((f) => {
    const found = keys.get(f.name);
    const own = { name: f.name, cell: (row: RecordData) => written(def, f, row) };
    const key = { name: keyColumn(f), cell: (row: RecordData) => found?.get(row[f.name]) };
    if (!found) return [own];
    return def.import_key ? [key] : [own, key]; // an import takes one of them
  });
  return csvText([columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]);
}

function written(def: ResourceDef, field: FieldDef, row: RecordData) {
  const { type, name } = field;
  const value = row[name];
  if (type === 'money') return typeof value === 'number' ? moneyCell(value, currencyOf(row)) : value;
  const imported = def.import_key && (field.creatable || field.updatable);
  if (type === 'datetime' && typeof value === 'string' && !imported) return timeCell(value);
  return type === 'strings' && Array.isArray(value) ? listText(value as string[]) : value;
}

/** The values separated by commas, as an import reads them; as JSON if there are none or an import would misread them. */
function listText(values: string[]) {
  const text = values.join(', ');
  const apart = values.every((value) => /^[^\s\u0085](.*[^\s\u0085])?$/u.test(value) && !value.includes(','));
  return values.length > 0 && apart && !text.startsWith('[') ? text : JSON.stringify(values);
}
