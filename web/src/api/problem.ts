import { words } from '@/i18n/format';
import { t } from '@/i18n/t';

/** A refusal by the server: RFC 9457, with the members that our API adds. */
export interface ProblemBody {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  request_id?: string;
  errors?: { location?: string; message: string }[];
  current?: Record<string, unknown>;
  [member: string]: unknown;
}

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody;
  readonly retryAfter: number | null;

  constructor(status: number, body: ProblemBody, retryAfter: number | null = null) {
    super(sentence(body.detail ?? body.title ?? wordless(status)));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? '';
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** The message for an answer that is not the shop's own, such as that of a proxy whose server is just starting. */
const wordless = (status: number) =>
  (status >= 502 ? t('The shop is not responding ({status}). Try again in a moment.', { status }) : t('The server returned an error ({status}).', { status }));

/** The error for an address that has no valid id. */
export const mistyped = () => new ApiProblem(404, { code: 'not_found', detail: t('Check the address for typing errors.') });

/** The server could not be reached; whether it acted is unknown. */
export class OfflineError extends Error {
  constructor() {
    super('The server could not be reached.');
    this.name = 'OfflineError';
  }
}

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code);

/** What to tell a person about any failure. */
export function messageOf(error: unknown): string {
  if (isProblem(error) && error.code === 'invalid' && error.body.errors?.length) {
    return error.body.errors.map((e) => sentence(e.message)).join(' ');
  }
  if (isProblem(error, 'version_mismatch')) return t('Somebody else has changed this in the meantime.');
  const [, what, deed] = (isProblem(error, 'forbidden') && /the permission ([\w-]+):([\w-]+)/.exec(error.message)) || [];
  if (what && deed) return t('Your role does not include “{permission}”.', { permission: `${words(what)}: ${words(deed)}` });
  if (isProblem(error, 'internal') && error.body.request_id) {
    return `${error.message} (request ${error.body.request_id})`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** The messages of a failure, as a form shows them. */
interface Refusal {
  errors: Record<string, string>; // by the name of the field
  failure: string; // above all fields; empty when every message has its place
}

/** Places the messages of a failure in a form that shows these fields. Messages for other fields go above the form, so that none is lost. */
export function refusalOf(error: unknown, shown: readonly string[]): Refusal {
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const { location = '', message } of isProblem(error) ? (error.body.errors ?? []) : []) {
    const { name, within } = fieldOf(location);
    if (!shown.includes(name)) others.push(name ? `${words(name)}: ${sentence(message)}` : sentence(message));
    else errors[name] ??= within ? `${within}: ${sentence(message)}` : sentence(message);
  }
  const placed = Object.keys(errors).length > 0;
  return { errors, failure: others.length > 0 ? others.join(' ') : placed ? '' : messageOf(error) };
}

/** The field of a location `body.name`, and with `body.name.within` the place within its JSON. Locations outside the body have no name. */
function fieldOf(location: string) {
  const [, name = '', within = ''] = /^body\.([^.[]+)(?:\.(.+))?/.exec(location) ?? [];
  return { name, within };
}

export function sentence(text: string): string {
  const capital = /^\S+@/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(capital) ? capital : `${capital}.`;
}
