import * as z from 'zod';

/** An IANA time zone that this machine knows. */
export const timeZoneSchema = z.string().refine(isZone, 'not an IANA time zone; write it as Europe/Helsinki');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
