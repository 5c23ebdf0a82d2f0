import { HymioError } from '@hymio/protocol';
import { inTime } from './in-time.js';

/** What reading gave: the value, or the code and the words of the error that says why not. */
export type Reading<T> = { ok: true; value: T } | { ok: false; code: string; message: string };

/**
 * Reads in time. An error that is not one of the documented codes is not caught: it is what fuzzing looks for; nor is
 * one that does not say what to do.
 */
export function codedOrValue<T>(codes: readonly string[], read: () => T): Reading<T> {
  try {
    return { ok: true, value: inTime(read) };
  } catch (error) {
    if (!(error instanceof HymioError) || !codes.includes(error.code)) throw error;
    if (error.message === '' || error.next === '') throw new Error(`${error.code} does not say what to do`);
    return { ok: false, code: error.code, message: error.message };
  }
}
