import { DateTime } from 'luxon';
import { KnownAnswers } from './known-answers.js';

/** Date, time of day and offset; without an offset it would not be an instant. */
const WITH_TIME_AND_OFFSET = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i;

/**
 * Reads an ISO 8601 date-time with Z or an offset into UTC ms; undefined where it is none. A space before the offset
 * is taken for the plus sign that an address loses when it is not encoded.
 */
export function parseInstant(text: string): number | undefined {
  const repaired = text.replace(/ (?=\d{2}(:?\d{2})?$)/, '+');
  if (!WITH_TIME_AND_OFFSET.test(repaired)) return undefined;
  const at = DateTime.fromISO(repaired, { setZone: true });
  return at.isValid ? at.toMillis() : undefined;
}

const known = new KnownAnswers<number>(200);

/** Local midnight before `at`, UTC ms. */
export function startOfLocalDay(at: number, zone: string): number {
  return known.get(`${at} ${zone}`, () => DateTime.fromMillis(at, { zone }).startOf('day').toMillis());
}
