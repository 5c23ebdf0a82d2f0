import {
  Administration,
  type HttpAddress,
  HttpServer,
  type HttpServerParts,
  LiveEvents,
  type Store,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { SAMPLE_NOW, SAMPLE_ZONE } from './sample-store.js';

export interface TestHttpServer {
  server: HttpServer;
  address: HttpAddress;
  events: LiveEvents;
  /** What went to the log. */
  errors: { fields: object; message: string }[];
  /** Moves the wall clock. */
  setNow(at: number): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** A really listening server over a store; its wall clock stands at `now`, its timers are real. */
export async function startTestHttpServer(store: Store, more: Partial<HttpServerParts> = {}): Promise<TestHttpServer> {
  let now = SAMPLE_NOW;
  const clock: Clock = {
    now: () => now,
    monotonic: () => performance.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const events = new LiveEvents();
  const errors: TestHttpServer['errors'] = [];
  const server = new HttpServer({
    store,
    administration: new Administration({ store, live: events, link: { forget: () => true } }),
    clock,
    zone: SAMPLE_ZONE,
    events,
    readiness: async () => ({ broker: true, store: true }),
    listen: { host: '127.0.0.1', port: 0 },
    log: { error: (fields, message) => errors.push({ fields, message }) },
    ...more,
  });
  const address = await server.start();
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${address.url}${path}`, { headers, redirect: 'manual' });
  return {
    server,
    address,
    events,
    errors,
    get,
    setNow: (at) => {
      now = at;
    },
  };
}
