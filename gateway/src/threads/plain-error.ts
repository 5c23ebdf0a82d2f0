import { HymioError } from '@hymio/protocol/plain';

/** An error as it crosses between threads. */
export interface PlainError {
  message: string;
  code?: string;
  next?: string;
}

export function toPlainError(error: unknown): PlainError {
  if (error instanceof HymioError) return { message: error.message, code: error.code, next: error.next };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function fromPlainError({ message, code, next }: PlainError): Error {
  return code === undefined || next === undefined ? new Error(message) : new HymioError(code, message, next);
}
