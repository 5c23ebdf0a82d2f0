import { destination, type LevelWithSilent, pino } from 'pino';
import type { Log } from './log.js';

/** JSON lines on standard error, written at once, so that the last line before a crash is there. */
export function pinoLog(level: LevelWithSilent): Log {
  const logger = pino({ level, base: null }, destination({ fd: 2, sync: true }));
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}
