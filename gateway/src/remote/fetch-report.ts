import { HymioError } from '@hymio/protocol';
import { isLoopback } from '../config/is-loopback.js';
import type { Language } from '../registry/registry.js';
import { REPORT_TYPES, type ReportFormat } from '../report/report-formats.js';
import type { ReportSubject } from '../report/report-scope.js';
import { cutOff, noAnswer, notGateway, problemError } from './remote-errors.js';

export interface RemoteReport extends ReportSubject {
  /** Address of the gateway, or of the proxy before it. */
  url: string;
  token?: string;
  week: string;
  format: ReportFormat;
  language: Language;
}

export interface RemoteParts {
  fetch: typeof fetch;
  wait: (delayMs: number) => Promise<void>;
  /** Told of what is worth knowing while it takes. */
  note: (text: string) => void;
  /** How long nothing may come before the request is given up, ms. */
  patienceMs: number;
}

/** Pauses before the second, third and fourth attempt, ms. Asking again is safe: nothing is changed by it. */
const PAUSES_MS = [1_000, 4_000, 15_000];
const LONGEST_PAUSE_MS = 60_000;
/** Answers of a gateway that starts, or of a proxy before one that does not run. */
const TEMPORARY: readonly number[] = [429, 502, 503, 504];
const LONGEST_PROBLEM_BYTES = 100_000;

/**
 * A report of another machine's gateway, piece by piece as it comes, by nothing but its HTTP API. Tried again where that may help, but
 * not once a piece of it was given. Errors: HymioError `remote-insecure`, `remote-unreachable`, `remote-tls`, `remote-not-gateway`,
 * `remote-cut-off`, `bad-arguments`, and those of the gateway under their own codes.
 */
export async function* fetchReport(wanted: RemoteReport, parts: RemoteParts): AsyncGenerator<Uint8Array> {
  const address = reportAddress(wanted);
  const patience = new Patience(parts.patienceMs);
  try {
    const answer = await ask(address, wanted, parts, patience);
    yield* readBody(address.origin, answer, patience);
  } finally {
    patience.end();
  }
}

/** Errors: HymioError `bad-arguments`, `remote-insecure`. */
function reportAddress({ url, token, week, format, language, servicePoint, group }: RemoteReport): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
    throw new HymioError(
      'bad-arguments',
      `--url ${url} is no address of a gateway.`,
      'Write https://hymio.example.org.',
    );
  }
  if (token !== undefined && base.protocol === 'http:' && !isLoopback(base.hostname)) {
    throw new HymioError(
      'remote-insecure',
      `A token would go to ${base.host} in clear, for everybody on the way to read.`,
      'Use https://, or a tunnel to this machine.',
    );
  }
  const path = `${base.pathname.replace(/\/+$/, '')}/api/v1/reports/weekly/${encodeURIComponent(week)}`;
  const address = new URL(path, base);
  address.search = new URLSearchParams({
    format,
    lang: language,
    ...(servicePoint === undefined ? {} : { 'service-point': servicePoint }),
    ...(group === undefined ? {} : { group }),
  }).toString();
  return address;
}

type Attempt =
  | { kind: 'report'; answer: Response }
  | { kind: 'failed'; error: HymioError }
  /** Another attempt may succeed, not before `waitMs`. */
  | { kind: 'not-now'; error: HymioError; waitMs: number };

/** The first answer that is a report. */
async function ask(address: URL, wanted: RemoteReport, parts: RemoteParts, patience: Patience): Promise<Response> {
  for (const pauseMs of PAUSES_MS) {
    const attempt = await attemptOnce(address, wanted, parts, patience);
    if (attempt.kind === 'report') return attempt.answer;
    if (attempt.kind === 'failed') throw attempt.error;
    const delayMs = Math.min(Math.max(pauseMs, attempt.waitMs), LONGEST_PAUSE_MS);
    parts.note(`${attempt.error.message} Trying again in ${Math.ceil(delayMs / 1_000)} s.`);
    await parts.wait(delayMs);
  }
  const last = await attemptOnce(address, wanted, parts, patience);
  if (last.kind === 'report') return last.answer;
  throw last.error;
}

async function attemptOnce(
  address: URL,
  { format, token }: RemoteReport,
  { fetch }: RemoteParts,
  patience: Patience,
): Promise<Attempt> {
  const headers = {
    accept: `${REPORT_TYPES[format]}, application/problem+json`,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  try {
    const answer = await fetch(address, { headers, redirect: 'manual', signal: patience.begin() });
    if (isReport(answer, format)) return { kind: 'report', answer };
    const error = await refusalOf(address.origin, answer);
    if (!TEMPORARY.includes(answer.status)) return { kind: 'failed', error };
    return { kind: 'not-now', error, waitMs: 1_000 * (Number(answer.headers.get('retry-after')) || 0) };
  } catch (cause) {
    const error = noAnswer(address.origin, cause);
    return error.code === 'remote-tls' ? { kind: 'failed', error } : { kind: 'not-now', error, waitMs: 0 };
  }
}

/** A gateway names the file that it sends; the login page of a proxy does not. */
function isReport({ status, headers }: Response, format: ReportFormat): boolean {
  const [type] = (headers.get('content-type') ?? '').split(';', 1);
  const isNamed = (headers.get('content-disposition') ?? '').startsWith('attachment; filename="hymio-');
  return status === 200 && type === REPORT_TYPES[format].split(';', 1)[0] && (isNamed || format === 'json');
}

async function refusalOf(origin: string, answer: Response): Promise<HymioError> {
  const type = answer.headers.get('content-type') ?? '';
  const isShort = Number(answer.headers.get('content-length') ?? 0) <= LONGEST_PROBLEM_BYTES;
  const body = isShort && type.startsWith('application/problem+json') ? await answer.text() : '';
  await answer.body?.cancel().catch(() => undefined);
  return problemError(type, body) ?? notGateway(origin, answer);
}

async function* readBody(origin: string, answer: Response, patience: Patience): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      patience.renew();
      yield chunk;
    }
  } catch (error) {
    throw cutOff(origin, bytes, error);
  }
  if (bytes === 0) throw cutOff(origin, bytes);
}

/** Gives a request up that stands still. */
class Patience {
  readonly #ms: number;
  #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** A new request. */
  begin(): AbortSignal {
    this.#controller = new AbortController();
    this.renew();
    return this.#controller.signal;
  }

  /** Something came. */
  renew(): void {
    clearTimeout(this.#timer);
    const controller = this.#controller;
    this.#timer = setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
