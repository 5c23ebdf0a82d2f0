import { WEEKDAYS, type Weekday } from '../visitors/opening-hours.js';

/** Changes of the clocks happen at multiples of it. */
const OFFSET_STEP_MS = 15 * 60_000;

export interface LocalMinute {
  weekday: Weekday;
  /** Minutes since local midnight, with fraction. */
  minute: number;
}

/** Wall clocks of one IANA zone. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  #step = Number.NaN;
  #offsetMs = 0;

  /** Throws RangeError for a zone that does not exist. */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Weekday and time of day at an instant (UTC ms). */
  at(utcMs: number): LocalMinute {
    const local = new Date(utcMs + this.offsetMs(utcMs));
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes() + local.getUTCSeconds() / 60;
    return { weekday: WEEKDAYS[(local.getUTCDay() + 6) % 7] as Weekday, minute };
  }

  /** Local time minus UTC at an instant, ms; positive east of Greenwich. */
  offsetMs(utcMs: number): number {
    const step = Math.floor(utcMs / OFFSET_STEP_MS);
    if (step !== this.#step) {
      this.#step = step;
      this.#offsetMs = this.#look(step * OFFSET_STEP_MS);
    }
    return this.#offsetMs;
  }

  #look(utcMs: number): number {
    const parts = new Map(this.#format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return local - utcMs;
  }
}
