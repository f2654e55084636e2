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
    super(sentence(body.detail ?? body.title ?? `The server answered ${status}.`));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? '';
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** Messages by field, for a form: `body.name` becomes `name`. */
  get fields(): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const { location, message } of this.body.errors ?? []) {
      const name = /^body\.([^.[]+)/.exec(location ?? '')?.[1];
      if (name && !(name in fields)) fields[name] = sentence(message);
    }
    return fields;
  }
}

/** The server could not be reached; whether it acted is unknown. */
export class OfflineError extends Error {
  constructor() {
    super('The server cannot be reached.');
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
  if (isProblem(error, 'internal') && error.body.request_id) {
    return `${error.message} (request ${error.body.request_id})`;
  }
  return error instanceof Error ? error.message : String(error);
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(capital) ? capital : `${capital}.`;
}
