import type { AnsweredRequest, HttpObserver } from '../http/http-observer.js';
import type { Log } from './log.js';

/**
 * Writes a line for each answered request: without the query, which may hold what is nobody's business.
 * `access`: also where the log's level is `info`.
 */
export function requestLog(log: Log, access: boolean): HttpObserver {
  return ({ method, path, route, status, durationMs }: AnsweredRequest) => {
    const fields = { method, path, route, status, durationMs: Math.round(durationMs * 10) / 10 };
    if (access) log.info('request answered', fields);
    else log.debug('request answered', fields);
  };
}
