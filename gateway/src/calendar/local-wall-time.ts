import { IANAZone } from 'luxon';

/** What a clock on the wall shows at an instant (UTC ms), as if the wall stood in UTC: for files that know no zones. */
export function localWallTime(at: number, zone: string): number {
  return at + IANAZone.create(zone).offset(at) * 60_000;
}
