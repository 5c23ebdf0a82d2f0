import type { FastifyRequest } from 'fastify';
import type { App } from './app.js';

/** A request that has been answered. */
export interface AnsweredRequest {
  method: string;
  /** The route's pattern, such as `/reports/weekly/:week`; `unmatched` where no route fits. */
  route: string;
  /** What was asked for, without the query. */
  path: string;
  status: number;
  durationMs: number;
}

/** Hears of every answered request; must not throw. */
export type HttpObserver = (request: AnsweredRequest) => void;

/** Streams end when the reader leaves: how long that took says nothing about the gateway. */
const STREAMS: readonly string[] = ['/api/v1/events', '/live'];

/** Tells `observer` of every answer that is not a stream. */
export function observeRequests(app: App, observer: HttpObserver): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    if (STREAMS.includes(route) && reply.statusCode === 200) return;
    const { method } = request;
    const path = loggedPath(request);
    observer({ method, route, path, status: reply.statusCode, durationMs: reply.elapsedTime });
  });
}

/** What was asked for, as a log may have it: without the query, and without the secret that an address may hold. */
export function loggedPath({ originalUrl, routeOptions }: FastifyRequest): string {
  const route = routeOptions.url ?? '';
  return route.includes(':secret') ? route : (originalUrl.split('?', 1)[0] ?? '');
}
