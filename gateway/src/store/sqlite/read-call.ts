import { HymioError } from '@hymio/protocol';
import type { SqliteReader } from './sqlite-reader.js';

/** What can be asked of the reader. */
export type ReadMethod = Exclude<keyof SqliteReader, 'close'>;

export interface ReadCall {
  id: number;
  method: ReadMethod;
  args: readonly unknown[];
}
export type ReadAnswer = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: PlainError };

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
