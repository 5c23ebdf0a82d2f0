import { Agent, type IncomingMessage, request } from 'node:http';
import type { Arrival } from '@hymio/gateway';
import {
  type DocumentedRoute,
  documentedRoutes,
  noteRoutes,
  type ServedRoute,
} from '../../end-to-end/access/every-route.js';
import { SampleSite } from '../../support/sample-site.js';
import type { JsonSchema } from '../arbitraries/schema-values.js';
import { type FoundForm, formsOf } from './found-form.js';

/** Many times what an answer takes on a busy machine, ms. */
const PATIENCE_MS = 30_000;

export interface Asked {
  method: string;
  /** Path and query as they go out: nothing is tidied up. */
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Parts of the OpenAPI document that say what a request may carry. */
interface Operation {
  parameters?: { name: string; in: string; schema?: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

/** A gateway with the sample in it, everything that it answers, and what its document and its pages say may be sent there. */
export class FuzzedSite {
  readonly routes: readonly ServedRoute[];
  readonly documented: readonly DocumentedRoute[];
  readonly forms: readonly FoundForm[];
  readonly #site: SampleSite;
  readonly #operations: Record<string, Record<string, Operation>>;
  readonly #agent: Agent;

  private constructor(parts: Pick<FuzzedSite, 'routes' | 'forms'>, site: SampleSite, document: object, agent: Agent) {
    const { paths } = document as { paths: Record<string, Record<string, Operation>> };
    this.routes = parts.routes;
    this.forms = parts.forms;
    this.documented = documentedRoutes(document as Parameters<typeof documentedRoutes>[0]);
    this.#site = site;
    this.#operations = paths;
    this.#agent = agent;
  }

  static async start(): Promise<FuzzedSite> {
    const { started: site, routes } = await noteRoutes(() => SampleSite.start());
    const document: object = JSON.parse(await (await site.http.get('/api/v1/openapi.json')).text());
    const forms = await formsOf(async (path) => (await site.http.get(path)).text());
    return new FuzzedSite({ routes, forms }, site, document, new Agent({ keepAlive: true }));
  }

  /** What a parameter of the query may be, as the document has it. */
  queryOf({ method, path }: ServedRoute): readonly { name: string; schema: JsonSchema }[] {
    const { parameters = [] } = this.#operations[path]?.[method.toLowerCase()] ?? {};
    return parameters.filter((one) => one.in === 'query').map(({ name, schema = {} }) => ({ name, schema }));
  }

  /** What a body of JSON may be; undefined: there is none. */
  bodyOf({ method, path }: ServedRoute): JsonSchema | undefined {
    return this.#operations[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
  }

  /** What a terminal said, as the gateway took it. */
  async commit(arrival: Arrival): Promise<void> {
    await this.#site.store.commit([arrival]);
  }

  /** What went to the log of errors. */
  get errors(): readonly object[] {
    return this.#site.http.errors;
  }

  /** An answer that does not end is cut off once it has begun well: streams of events never end. */
  ask({ method, url, headers, body }: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { host, port } = this.#site.http.address;
      // Said in any case: of methods that seldom have a body Node says nothing.
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = {
        host,
        port,
        method,
        path: url,
        agent: this.#agent,
        timeout: PATIENCE_MS,
        headers: { ...headers, ...length },
      };
      const sent = request(options, (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        const done = (text: string) => resolve({ status, headers: answered, body: text });
        if (/event-stream/.test(answered['content-type'] ?? '')) {
          response.destroy();
          done('');
          return;
        }
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('end', () => done(Buffer.concat(parts).toString('utf8')));
        response.once('error', reject);
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)));
      sent.once('error', reject);
      sent.end(body);
    });
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#site.stop();
  }
}
