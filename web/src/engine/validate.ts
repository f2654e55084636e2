import type { FieldDef, ResourceDef } from '@/api/definitions';
import { decimalHint, money, number, wholeNumberHint } from '@/i18n/format';
import { t } from '@/i18n/t';

/** Checks a value against the definitions, for react-hook-form. The server checks it again. */
export const validatorOf = (field: FieldDef) => (value: unknown): string | true => problemWith(field, value) ?? true;

/** The same for a new record: a field that the server fills may stay empty. */
export const validatorOfNew = (field: FieldDef) => (value: unknown): string | true =>
  (isFilled(field) && isEmpty(value) ? true : validatorOf(field)(value));

/** Whether the server computes a missing value of a new record, such as the time. */
export const isFilled = (field: FieldDef) => !field.required && !field.nullable && field.default === null;

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** The values to send for a new record, without the empty ones that the server fills. */
export const givenOf = (def: ResourceDef, values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !(isEmpty(value) && def.fields.some((f) => f.name === name && isFilled(f)))));

/** Whether an empty value is allowed even where null is not: a text may be "", a list []. */
export const keepsEmpty = ({ type }: FieldDef) => type === 'text' || type === 'strings';

export function problemWith(field: FieldDef, value: unknown): string | undefined {
  if (isEmpty(value)) {
    const needed = field.required || (!keepsEmpty(field) && field.type !== 'boolean' && !field.nullable && field.updatable);
    const emptyAllowed = value === '' && !field.required && field.min_length === null;
    return needed && !emptyAllowed ? t('{label} is required.', { label: field.label }) : undefined;
  }
  if (field.type === 'strings' && Array.isArray(value)) return problemWithList(field, value);
  if (typeof value === 'number') return problemWithNumber(field, value);
  if (typeof value === 'string') return problemWithText(field, value);
  return undefined;
}

function problemWithList(field: FieldDef, { length }: unknown[]) {
  if (field.required && length === 0) return t('{label} is required.', { label: field.label });
  if (field.max_items !== null && length > field.max_items) return t('At most {n} values; you entered {length}.', { n: number(field.max_items), length: number(length) });
  return undefined;
}

function problemWithNumber(field: FieldDef, value: number) {
  if (Number.isNaN(value)) return field.type === 'money' ? t('Enter an amount, such as 19.99.') : field.type === 'integer' ? wholeNumberHint() : decimalHint();
  const shown = field.type === 'money' ? money : number;
  if (field.minimum !== null && value < field.minimum) return t('At least {n}.', { n: shown(field.minimum) });
  if (field.maximum !== null && value > field.maximum) return t('At most {n}.', { n: shown(field.maximum) });
  return undefined;
}

function problemWithText(field: FieldDef, value: string) {
  const length = [...value].length;
  if (field.min_length !== null && length < field.min_length) return t('At least {n} characters.', { n: number(field.min_length) });
  if (field.max_length !== null && length > field.max_length) {
    return t('At most {n} characters; you entered {length}.', { n: number(field.max_length), length: number(length) });
  }
  if (field.pattern && !matches(field.pattern, value)) {
    return field.format ? t(hints[field.format]) : `${t('This does not have the right format.')} ${field.description}`.trimEnd();
  }
  return undefined;
}

const hints = {
  slug: 'Use lowercase letters, digits and single hyphens, such as garden-chairs.',
  email: 'Enter an email address, such as name@example.com.',
};

/** Patterns are RE2; the few that JavaScript cannot read are checked by the server alone. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
