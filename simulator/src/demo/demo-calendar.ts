import { LocalTime } from '../time/local-time.js';
import { WEEKDAYS } from '../visitors/opening-hours.js';
import { DEMO_ZONE } from './demo-place.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When the special terminals of the demo stood still, given the end of its history; UTC ms. */
export function demoOutages(historyEnd: number): { silentFrom: number; unpluggedFrom: number; unpluggedTo: number } {
  const { weekday, minute } = new LocalTime(DEMO_ZONE).at(historyEnd);
  const today = Math.floor(historyEnd / MINUTE_MS) * MINUTE_MS - Math.floor(minute) * MINUTE_MS;
  const lastMonday = today - (WEEKDAYS.indexOf(weekday) + 7) * DAY_MS;
  const unpluggedFrom = lastMonday + DAY_MS + 10 * HOUR_MS + 40 * MINUTE_MS;
  return {
    silentFrom: today - 7 * HOUR_MS + 12 * MINUTE_MS,
    unpluggedFrom,
    unpluggedTo: unpluggedFrom + 3 * DAY_MS - 25 * MINUTE_MS,
  };
}
