import { DateTime } from 'luxon';

const LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/;

/** Reads a local time as a form sends it (`2026-11-25T08:00`), UTC ms; undefined where it is none. */
export function parseLocalInput(text: string, zone: string): number | undefined {
  if (!LOCAL.test(text)) return undefined;
  const at = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  return at.isValid ? at.toMillis() : undefined;
}

/** The local time that `parseLocalInput` reads, to the minute; to the second where it has seconds. */
export function toLocalInput(at: number, zone: string): string {
  const local = DateTime.fromMillis(at, { zone });
  return local.toFormat(local.second === 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss");
}
