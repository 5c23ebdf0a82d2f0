import { destination, type LevelWithSilent, pino } from 'pino';
import type { Log } from './log.js';
import { redactSecrets } from './redact-secrets.js';

/** JSON lines on standard error, written at once, so that the last line before a crash is there. No secrets. */
export function pinoLog(level: LevelWithSilent): Log {
  const options = { level, base: null, formatters: { log: redactSecrets } };
  const logger = pino(options, destination({ fd: 2, sync: true }));
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields, event),
    error: (event, fields) => logger.error(fields, event),
  };
}
