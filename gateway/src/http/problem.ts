import { HymioError } from '@hymio/protocol';
import * as z from 'zod';

/** An RFC 9457 problem document. */
export const problemSchema = z
  .object({
    type: z.string().describe('URI of the kind of problem: `urn:hymio:problem:<code>`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what happened'),
    code: z.string().describe('stable, for programs'),
    next: z.string().describe('what to do about it'),
    errors: z
      .array(z.object({ parameter: z.string(), message: z.string() }))
      .optional()
      .describe('each parameter that is wrong'),
  })
  .describe('Problem (RFC 9457)');
export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'invalid-parameter': 400,
  'malformed-week': 400,
  'bad-range': 400,
  'range-too-large': 400,
  'two-scopes': 400,
  'malformed-month': 400,
  'not-two-languages': 400,
  'future-week': 404,
  'no-such-week': 404,
  'no-such-month': 404,
  'month-not-over': 404,
  'month-before-first-press': 404,
  'unknown-route': 404,
  'unknown-terminal': 404,
  'unknown-service-point': 404,
  'unknown-alert': 404,
  'unknown-group': 404,
  'unknown-scope': 404,
  'gateway-stopping': 503,
  'alert-closed': 409,
  'changed-meanwhile': 409,
  'settings-refused': 400,
  'unknown-question': 404,
  'unknown-exclusion': 404,
  'exclusion-unknown-target': 404,
  'exclusion-begins-beyond-sight': 403,
  'exclusion-ends-beyond-sight': 403,
  'unknown-note': 404,
  'unknown-report-recipient': 404,
  'report-not-issued': 404,
  'method-not-allowed': 405,
  'token-needed': 401,
  'token-unknown': 401,
  'login-needed': 401,
  'role-too-small': 403,
  'unknown-user': 404,
  'user-name-taken': 409,
  'last-admin': 409,
  'last-user': 409,
  'first-user-not-admin': 409,
  'link-spent': 404,
  'login-overtaken': 409,
  'directory-user': 409,
  'token-scope': 403,
  'token-group': 403,
  'foreign-origin': 403,
  'not-by-proxy': 403,
  'unknown-host': 421,
  'store-full': 503,
  'store-unwritable': 503,
  'store-corrupt': 503,
  'store-in-use': 503,
  'too-many-requests': 429,
  'not-ready': 503,
  'pdf-unavailable': 503,
  'pdf-font-unreadable': 503,
  'too-many-listeners': 503,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Conflict',
  413: 'Request too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  422: 'Unprocessable content',
  429: 'Too many requests',
  431: 'Header fields too large',
  500: 'Internal error',
  503: 'Not available now',
};

/** A problem document from its parts. */
export function problem(status: number, code: string, detail: string, next: string): Problem {
  return { type: `urn:hymio:problem:${code}`, title: TITLES[status] ?? 'Request failed', status, detail, code, next };
}

/** The problem that an error is to the client; nothing of what went wrong inside is told. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HymioError) {
    const status = STATUS_BY_CODE[error.code] ?? 500;
    return problem(status, error.code, error.message, error.next);
  }
  const status = clientStatus(error);
  if (status === undefined) {
    return problem(500, 'internal', 'The gateway could not answer this.', 'Try again; the gateway’s log says more.');
  }
  const message = error instanceof Error ? error.message : 'The request cannot be understood.';
  return problem(status, 'bad-request', message, 'See /api/v1/openapi.json for what can be asked.');
}

/** Status of an error that the web framework blames on the client. */
function clientStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
