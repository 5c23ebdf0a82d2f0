import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import { LONGEST_CSR } from './read-csr.js';
import type { Enrolled, TerminalIdentities } from './terminal-identities.js';

const csr = z.string().max(LONGEST_CSR);
const enrolmentSchema = z.object({ code: z.string().max(100), csr });
const renewalSchema = z.object({ csr });

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'csr-refused': 400,
  'certificate-needed': 401,
  'certificate-refused': 403,
  'enrolment-refused': 403,
  'enrolment-for-another': 403,
  'unknown-route': 404,
  'too-large': 413,
  'too-many-tries': 429,
};

/** What came over a connection. */
export interface EnrolmentRequest {
  /** As `POST /api/v1/enrolments`. */
  route: string;
  /** The address of whoever asks. */
  from: string;
  /** The certificate (DER) whose key the other side has, whatever it is worth. */
  certificate?: Uint8Array;
  /** Reads it. Error: HymioError, where it cannot be. */
  body(): Promise<string>;
}

/** An HTTP status and what is to be sent as JSON. */
export interface EnrolmentAnswer {
  status: number;
  body: unknown;
}

export interface EnrolmentParts {
  identities: Pick<TerminalIdentities, 'enrol' | 'renew'>;
  log: Log;
}

/** Answers a terminal that enrols or renews. Never throws: what fails is answered and logged. */
export async function answerEnrolment(
  request: EnrolmentRequest,
  { identities, log }: EnrolmentParts,
): Promise<EnrolmentAnswer> {
  const { from } = request;
  try {
    return { status: 201, body: await grant(request, identities) };
  } catch (error) {
    const known = error instanceof HymioError ? STATUS_BY_CODE[error.code] : undefined;
    if (error instanceof HymioError && known !== undefined) {
      log.warn('enrolment or renewal refused', { code: error.code, from, reason: error.message });
      return { status: known, body: { code: error.code, detail: error.message, next: error.next } };
    }
    log.error('enrolment or renewal failed', { from, ...errorFields(error) });
    const body = { code: 'internal', detail: 'The gateway could not do this.', next: 'See its log.' };
    return { status: 500, body };
  }
}

async function grant(request: EnrolmentRequest, identities: EnrolmentParts['identities']): Promise<Enrolled> {
  const { route, from, certificate } = request;
  if (route === 'POST /api/v1/enrolments') {
    const { code, csr: pem } = read(enrolmentSchema, await request.body());
    return identities.enrol(code, pem, from);
  }
  if (route !== 'POST /api/v1/renewals') {
    throw new HymioError('unknown-route', 'There is nothing here but enrolment and renewal.', 'Use `hymio-terminal`.');
  }
  if (certificate === undefined) {
    throw new HymioError('certificate-needed', 'A renewal needs the older certificate.', 'Enrol with a code.');
  }
  const { csr: pem } = read(renewalSchema, await request.body());
  return identities.renew(certificate, pem);
}

function read<T>(schema: z.ZodType<T>, body: string): T {
  try {
    const checked = schema.safeParse(JSON.parse(body));
    if (checked.success) return checked.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HymioError('bad-request', 'The request is not what is expected here.', 'Use `hymio-terminal`.');
}
