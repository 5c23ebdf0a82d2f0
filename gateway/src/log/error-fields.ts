import { HymioError } from '@hymio/protocol';
import type { CodedFields } from './log.js';

/**
 * An error as fields of a log line: code, what happened, what to do next. An error without a code is a fault of the
 * program: it gets `code`, and the stack that whoever mends it needs.
 */
export function errorFields(error: unknown, code = 'internal'): CodedFields & { error: string; next: string } {
  if (error instanceof HymioError) {
    const { cause } = error;
    const because = cause instanceof Error ? { cause: cause.message } : {};
    return { code: error.code, error: error.message, next: error.next, ...because };
  }
  const next = 'Report it with this line.';
  if (!(error instanceof Error)) return { code, error: String(error), next };
  return { code, error: error.message, next, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}
