import { describeIssues, explainError, HymioError } from '@hymio/protocol';
import * as z from 'zod';
import {
  type AggregateRow,
  aggregateRowSchema,
  BUCKET_MS,
  type ExportedPress,
  exportedPressSchema,
  servicePointsSchema,
  terminalDetailSchema,
  type WindowOf,
} from './exported.js';
import { bucketOf, countedAt } from './recount.js';

/** Repeat window where the gateway knows of no service point. */
const DEFAULT_WINDOW_MS = 5_000;
/** Most rows of aggregates asked for at a time. */
const ROWS_AT_ONCE = 200_000;
const BUCKETS_AT_ONCE = 9_000;
const REQUEST_MS = 60_000;

const aggregatesSchema = z.object({ rows: z.array(aggregateRowSchema) });

/** Reads a gateway through its HTTP interface. Errors: HymioError `gateway-unreachable`, `gateway-answer`. */
export class GatewayReader {
  readonly #base: URL;
  readonly #presses: ExportedPress[] = [];
  #cursor: string | undefined;

  /** `url`: http://127.0.0.1:8080. Error: HymioError `gateway-address`. */
  constructor(url: string) {
    if (!URL.canParse(url)) {
      throw new HymioError('gateway-address', `${url} is not an address.`, 'Write it as http://127.0.0.1:8080.');
    }
    this.#base = new URL(url);
  }

  /** All presses in order of arrival: reads what has arrived since the last call. */
  async presses(): Promise<readonly ExportedPress[]> {
    for (;;) {
      const query = this.#cursor === undefined ? {} : { after: this.#cursor };
      const { text, headers } = await this.#get('/api/v1/presses', query);
      const lines = text.split('\n').filter((line) => line !== '');
      for (const line of lines) this.#presses.push(parse(exportedPressSchema, line, '/api/v1/presses'));
      const next = headers.get('x-next-cursor');
      if (next === null || lines.length === 0) return this.#presses;
      this.#cursor = next;
    }
  }

  /** 15-minute aggregates by terminal for every stretch of time that holds one of the presses. */
  async aggregates(presses: readonly ExportedPress[]): Promise<AggregateRow[]> {
    const terminals = new Set(presses.map(({ terminal }) => terminal)).size;
    const buckets = Math.max(1, Math.min(BUCKETS_AT_ONCE, Math.floor(ROWS_AT_ONCE / Math.max(1, terminals))));
    const rows: AggregateRow[] = [];
    let end = Number.NEGATIVE_INFINITY;
    for (const start of [...new Set(presses.map((press) => bucketOf(countedAt(press))))].sort((a, b) => a - b)) {
      if (start < end) continue;
      end = start + buckets * BUCKET_MS;
      const span = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
      const { text } = await this.#get('/api/v1/aggregates', { ...span, bucket: '15min', group: 'terminal' });
      rows.push(...parse(aggregatesSchema, text, '/api/v1/aggregates').rows);
    }
    return rows;
  }

  /** The repeat windows as the gateway's registry has them. */
  async windows(terminals: Iterable<string>): Promise<WindowOf> {
    const path = '/api/v1/service-points';
    const { servicePoints } = parse(servicePointsSchema, (await this.#get(path)).text, path);
    const windows = new Map(servicePoints.map(({ id, repeatWindowMs }) => [id, repeatWindowMs]));
    const places = new Map<string, z.infer<typeof terminalDetailSchema>['assignments']>();
    for (const terminal of terminals) {
      const detail = `/api/v1/terminals/${terminal}`;
      places.set(terminal, parse(terminalDetailSchema, (await this.#get(detail)).text, detail).assignments);
    }
    return (terminal, at) => {
      const place = places.get(terminal)?.find(({ from, to }) => from <= at && at < (to ?? Infinity));
      return windows.get(place?.servicePoint ?? '') ?? DEFAULT_WINDOW_MS;
    };
  }

  async #get(path: string, query: Record<string, string> = {}): Promise<{ text: string; headers: Headers }> {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) });
      text = await response.text();
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new HymioError(
        'gateway-unreachable',
        `The gateway at ${this.#base.origin} cannot be reached: ${explainError(cause)}.`,
        'Start it with `hymio-gateway serve`, or give its address with --gateway.',
        { cause: error },
      );
    }
    if (response.ok) return { text, headers: response.headers };
    throw badAnswer(`${response.status} ${text.slice(0, 300)}`, path);
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badAnswer(`not JSON: ${text.slice(0, 200)}`, path, error);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badAnswer(describeIssues(result.error), path);
}

function badAnswer(detail: string, path: string, cause?: unknown): HymioError {
  const next = 'Use simulator and gateway of the same version.';
  return new HymioError('gateway-answer', `The gateway's answer to ${path} is not as expected: ${detail}.`, next, {
    cause,
  });
}
