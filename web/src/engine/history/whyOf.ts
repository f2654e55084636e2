import { fieldOf, type ResourceDef } from '@/api/definitions';
import { ApiProblem, messageOf, type ProblemBody } from '@/api/problem';
import { t } from '@/i18n/t';
import { labelOf } from './audit';

/** Why a change of a record was refused, with the labels of its fields instead of their names. */
export function whyOf(error: unknown, def: ResourceDef | undefined): string {
  if (!(error instanceof ApiProblem)) return messageOf(error);
  const { changed_since: since, errors } = error.body as ProblemBody & { changed_since?: { field: string }[] };
  if (since?.length) return t('Changed again later: {fields}.', { fields: since.map(({ field }) => labelOf(def, field)).join(', ') });
  if (!errors?.length) return messageOf(error);
  return messageOf(new ApiProblem(error.status, { ...error.body, errors: errors.map((e) => ({ ...e, message: labelled(e.message, def) })) }));
}

/** The same for one verdict of a bulk change. */
export const whyOfVerdict = (error: ProblemBody, def: ResourceDef | undefined) => whyOf(new ApiProblem(error.status ?? 409, error), def);

/** The message, with the name of a field at its beginning replaced by the field's label. */
const labelled = (message: string, def: ResourceDef | undefined) =>
  message.replace(/^([a-z_]+):/, (whole, name: string) => (def && fieldOf(def, name) ? `${labelOf(def, name)}:` : whole));
