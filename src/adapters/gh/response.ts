import { z } from 'zod';
import type { CommandResult } from '#adapters/command.ts';

/** The answer of a server as `gh api -i` prints it. Names of headers are lower case. */
export interface HttpResponse {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string;
}

const GRAPHQL_ERROR = z.object({
  type: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
  extensions: z
    .object({
      code: z.string().optional(),
      fieldName: z.string().optional(),
      saml_failure: z.boolean().optional(),
    })
    .optional()
    .catch(undefined),
});
export type GraphqlError = z.infer<typeof GRAPHQL_ERROR>;

const BODY = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(GRAPHQL_ERROR).optional(),
  message: z.string().optional(),
});

/** What GitHub answered: data, perhaps with errors about parts of it. */
export interface Answer {
  data: Readonly<Record<string, unknown>>;
  errors: readonly GraphqlError[];
}

export type Failure =
  | { failed: true; kind: 'no_login' | 'bad_login' | 'offline' | 'server' | 'too_big' }
  | { failed: true; kind: 'sso'; url: string | null }
  | { failed: true; kind: 'primary_limit' | 'secondary_limit'; until: number | null }
  | { failed: true; kind: 'missing_field'; field: string }
  | { failed: true; kind: 'refused' | 'garbage'; message: string };

export function isFailure(value: Answer | Failure): value is Failure {
  return 'failed' in value;
}

/**
 * Takes the output of `gh api -i` apart; null when it holds no answer of a server. The body follows
 * also after an error status.
 */
export function parseResponse(stdout: string): HttpResponse | null {
  const first = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n/.exec(stdout);
  if (first === null) return null;
  const end = stdout.indexOf('\r\n\r\n');
  const head = stdout.slice(first[0].length, end === -1 ? undefined : end);
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { status: Number(first[1]), headers, body: end === -1 ? '' : stdout.slice(end + 4) };
}

/**
 * What a finished `gh api graphql -i` learned. The JSON on stdout decides, then the HTTP status,
 * and gh's words on stderr only when there is no answer at all: gh ends with 1 also when one of
 * twenty nodes could not be read and all others were. `now` in milliseconds since 1970 is what
 * waiting times are counted from.
 */
export function classify(result: CommandResult, now: number): Answer | Failure {
  const response = parseResponse(result.stdout);
  if (response === null) return withoutResponse(result);
  const body = parseBody(response.body);
  const errors = body?.errors ?? [];
  const message = [body?.message ?? '', ...errors.map((error) => error.message)].join('\n');
  const limit = limited(response, errors, message, now);
  if (limit !== null) return limit;
  if (
    errors.some(isTooBig) ||
    /respond to your request in time|result of a timeout/.test(message)
  ) {
    return { failed: true, kind: 'too_big' };
  }
  const data = body?.data;
  if (response.status === 200 && data !== null && data !== undefined) return { data, errors };
  const missing = errors.find((error) => error.extensions?.code === 'undefinedField');
  if (missing !== undefined) {
    return { failed: true, kind: 'missing_field', field: missing.extensions?.fieldName ?? '' };
  }
  return byStatus(response, errors, message.trim());
}

function isTooBig(error: GraphqlError): boolean {
  return error.type === 'RESOURCE_LIMITS_EXCEEDED' || error.type === 'MAX_NODE_LIMIT_EXCEEDED';
}

function parseBody(text: string): z.infer<typeof BODY> | null {
  try {
    const parsed = BODY.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: a proxy's or a login portal's page. The status tells what to make of it.
    return null;
  }
}

/**
 * GitHub tells of a used-up limit with 200, 403 or 429; what its remaining counter says may lag
 * behind.
 */
function limited(
  response: HttpResponse,
  errors: readonly GraphqlError[],
  message: string,
  now: number,
): Failure | null {
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  const reset = Number(response.headers.get('x-ratelimit-reset') ?? Number.NaN);
  if (/secondary rate limit|submitted too quickly|abuse detection/i.test(message)) {
    const until = Number.isFinite(wait) ? now + wait * 1000 : null;
    return { failed: true, kind: 'secondary_limit', until };
  }
  const typed = errors.some(
    (error) => error.type === 'RATE_LIMIT' || error.type === 'RATE_LIMITED',
  );
  if (typed || /API rate limit (already )?exceeded/i.test(message) || response.status === 429) {
    const until = Number.isFinite(reset) ? reset * 1000 : null;
    return { failed: true, kind: 'primary_limit', until };
  }
  return null;
}

function byStatus(
  response: HttpResponse,
  errors: readonly GraphqlError[],
  message: string,
): Failure {
  const sso = response.headers.get('x-github-sso');
  if (sso !== undefined || errors.some((error) => error.extensions?.saml_failure === true)) {
    return { failed: true, kind: 'sso', url: /url=(https:\S+)/.exec(sso ?? '')?.[1] ?? null };
  }
  if (response.status === 401) return { failed: true, kind: 'bad_login' };
  if (response.status >= 500) return { failed: true, kind: 'server' };
  if (message !== '') return { failed: true, kind: 'refused', message };
  return { failed: true, kind: 'garbage', message: `status ${response.status}` };
}

function withoutResponse({ exitCode, stderr }: CommandResult): Failure {
  if (exitCode === 4 || /gh auth login|no oauth token/i.test(stderr)) {
    return { failed: true, kind: 'no_login' };
  }
  if (/secondary rate limit|submitted too quickly|abuse detection/i.test(stderr)) {
    return { failed: true, kind: 'secondary_limit', until: null };
  }
  if (/API rate limit (already )?exceeded/i.test(stderr)) {
    return { failed: true, kind: 'primary_limit', until: null };
  }
  if (
    /error connecting to|dial tcp|EOF|connection (refused|reset)|x509|tls:|proxyconnect|timeout/i.test(
      stderr,
    )
  ) {
    return { failed: true, kind: 'offline' };
  }
  return { failed: true, kind: 'garbage', message: stderr.trim() };
}
