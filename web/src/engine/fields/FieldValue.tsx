import { useReference } from 'ra-core';
import type { FieldDef, RecordData } from '@/api/definitions';
import { dateTime, decimal, money, moneyText, number, signed, words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Actor } from '../history/Actor';
import { Chip } from '@/ui/Chip';
import { ReferenceValue } from './ReferenceValue';

/** Shows one field of a record by its type. For null, shows what that means. */
export function FieldValue({ field, record }: { field: FieldDef; record: RecordData }) {
  const value = record[field.name];
  if (field.name === 'actor' && typeof value === 'string') return <Actor actor={value} />;
  if (field.type === 'money' && typeof value === 'number' && typeof record.order_id === 'number') return <AmountInOrder amount={value} order={record.order_id} />;
  return <ValueOrNone field={field} value={value} currency={currencyOf(record)} link />;
}

/** An amount of a line of an order, in the currency of the order; without a symbol if the person may not see that. */
function AmountInOrder({ amount, order }: { amount: number; order: number }) {
  const enabled = useMay()('orders:read');
  const { referenceRecord, isPending } = useReference<RecordData>({ reference: 'orders', id: order, options: { enabled, staleTime: 60_000 } });
  if (enabled && isPending) return <span className="skeleton" style={{ width: 48 }} />;
  return <>{referenceRecord ? money(amount, currencyOf(referenceRecord)) : moneyText(amount)}</>;
}

/** The currency that a record says its amounts are in, as an order does. */
export const currencyOf = ({ currency }: RecordData) => (typeof currency === 'string' ? currency : undefined);

interface ValueProps {
  field: FieldDef;
  value: unknown;
  currency?: string; // of amounts, if it may differ from the shop's
  link?: boolean;
}

/** Shows a value, or for null what that means. */
export function ValueOrNone(props: ValueProps) {
  return props.value === null && props.field.none ? <>{props.field.none}</> : <Value {...props} />;
}

function Value({ field, value, currency, link = false }: ValueProps) {
  if (field.nullable && field.type === 'strings' && isNone(value)) return <span className="muted">{t('Empty list')}</span>;
  if (isNothing(value)) return <span className="muted none">–</span>;
  switch (field.type) {
    case 'reference':
      return <ReferenceValue resource={field.reference} id={value as number} link={link} />;
    case 'enum':
      return <Chip value={String(value as string)} />;
    case 'boolean':
      return <BooleanValue field={field} value={value === true} />;
    default:
      return <>{plainText(field, value, currency)}</>;
  }
}

function BooleanValue({ field, value }: { field: FieldDef; value: boolean }) {
  if (field.name !== 'is_active') return <>{value ? t('Yes') : t('No')}</>;
  return <Chip value="" tone={value ? 'green' : 'grey'} label={value ? t('Active') : t('Inactive')} />;
}

/** A field's value as plain text, for places that cannot hold a component. */
export function plainText(field: FieldDef, value: unknown, currency?: string): string {
  if (isNothing(value)) return '–';
  switch (field.type) {
    case 'money':
      return money(value as number, currency);
    case 'number':
      return decimal(value as number);
    case 'integer':
      if (field.name === 'number') return `#${value as number}`;
      if (/(^|_)change$/.test(field.name)) return signed(value as number);
      return /(^|_)id$/.test(field.name) ? String(value as number) : number(value as number);
    case 'datetime':
      return dateTime(value as string);
    case 'boolean':
      return value ? t('Yes') : t('No');
    case 'enum':
      return words(value as string);
    case 'strings':
      return (value as string[]).join(', ');
    case 'json':
      return listOf(value) ?? JSON.stringify(value);
    default:
      return String(value as string | number);
  }
}

/** A JSON value that is a list of strings, such as permissions, shown as a list. */
const listOf = (value: unknown) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : undefined);

const isNone = (value: unknown) => Array.isArray(value) && value.length === 0;
const isNothing = (value: unknown) => value === null || value === undefined || value === '' || isNone(value);
