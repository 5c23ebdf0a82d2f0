import type { Language } from '../registry/registry.js';

const LOCALES: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

/** Numbers and times as people write them in one language, in one zone. Built once per language: Intl is slow to make. */
export interface Formats {
  /** 1 234 */
  count(value: number): string;
  /** 78,2 */
  index(value: number): string;
  /** −2,31 */
  decimal(value: number, digits: number): string;
  /** A share as whole per cent: 81 % */
  percent(share: number): string;
  /** Two shares: 76–86 % */
  percentRange(low: number, high: number): string;
  /** A difference of shares in whole percentage points with its sign: +5, −2, 0 */
  points(difference: number): string;
  /** p of a test with its sign: `= 0,012`, tiny ones as `< 0,001` */
  probability(p: number): string;
  /** 14.05 */
  time(at: number): string;
  /** 14.05.33 */
  timeWithSeconds(at: number): string;
  /** With the day where it is not today: pe 20.11. klo 14.05 */
  moment(at: number, now: number): string;
  /** lokakuu 2026 */
  month(at: number): string;
  /** 16.–22.11.2026, both days included */
  days(from: number, to: number): string;
  /** Local date and time in full. */
  full(at: number): string;
  /** 8–9: the hour of the day that begins at 8 */
  hour(hour: number): string;
  /** 38 h, 45 min */
  duration(ms: number): string;
  /** 7 h 55 min */
  hoursAndMinutes(ms: number): string;
  /** How long something has run, with days: 3 d 4 h */
  longDuration(ms: number): string;
  /** pe 20.11. */
  day(at: number): string;
  /** The same of a calendar date: 2026-11-20 */
  dayOfDate(date: string): string;
  /** ma … su; 1 Monday … 7 Sunday */
  weekday(weekday: number): string;
  /** a, b ja c */
  list(items: readonly string[]): string;
  /** 850 MB, 12 GB: as disks are sold */
  bytes(value: number): string;
}

/** Formats of a language in an IANA zone. */
export function formats(language: Language, zone: string): Formats {
  const locale = LOCALES[language];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  const dates = dateFormats(locale, zone);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const decimal = decimals(locale);
  return {
    count: (value) => whole.format(value),
    index: (value) => tenth.format(value),
    decimal,
    percent: (share) => percent.format(share),
    percentRange: (low, high) => `${whole.format(low * 100)}–${percent.format(high)}`,
    points: (difference) => trueMinus(signed.format(difference * 100)),
    probability: (p) => (p < 0.001 ? `< ${decimal(0.001, 3)}` : `= ${decimal(p, 3)}`),
    hour: (hour) => `${hour}–${hour + 1}`,
    duration: (ms) => (ms < 3_600_000 ? `${whole.format(ms / 60_000)} min` : `${whole.format(ms / 3_600_000)} h`),
    hoursAndMinutes,
    list: (items) => lists.format(items),
    longDuration: (ms) => longDuration(ms, DAY_SIGNS[language]),
    bytes: (value) => (value < 1e9 ? `${whole.format(value / 1e6)} MB` : `${whole.format(value / 1e9)} GB`),
    ...dates,
  };
}

const DAY_SIGNS: Record<Language, string> = { fi: 'pv', sv: 'd', en: 'd' };

function hoursAndMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

function longDuration(ms: number, daySign: string): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 24) return hoursAndMinutes(ms);
  return hours % 24 === 0 ? `${hours / 24} ${daySign}` : `${Math.floor(hours / 24)} ${daySign} ${hours % 24} h`;
}

/** Numbers with so many decimals; each number of them is made once. */
function decimals(locale: string): Formats['decimal'] {
  const made = new Map<number, Intl.NumberFormat>();
  return (value, digits) => {
    let format = made.get(digits);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      made.set(digits, format);
    }
    return trueMinus(format.format(value));
  };
}

/** English Intl writes a hyphen where people write a minus sign. */
function trueMinus(text: string): string {
  return text.replace(/^-/, '−');
}

/** The first and the last instant that a calendar has (ECMA-262, time values), UTC ms. */
const END_OF_TIME_MS = 8.64e15;

/** A terminal may say any time, and all of what it says is shown: what lies beyond every calendar as its end. */
function withinCalendar(at: number): number {
  return Math.max(-END_OF_TIME_MS, Math.min(END_OF_TIME_MS, at));
}

function dateFormats(
  locale: string,
  zone: string,
): Pick<Formats, 'time' | 'timeWithSeconds' | 'moment' | 'day' | 'dayOfDate' | 'weekday' | 'month' | 'days' | 'full'> {
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    return {
      format: (at: number) => format.format(withinCalendar(at)),
      formatRange: (from: number, to: number) => format.formatRange(withinCalendar(from), withinCalendar(to)),
    };
  };
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const withSeconds = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const sameDay = make({ dateStyle: 'short' });
  const thisYear = make({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const otherYear = make({ dateStyle: 'medium', timeStyle: 'short' });
  const dayParts = { weekday: 'short', day: 'numeric', month: 'numeric' } as const;
  const day = make(dayParts);
  const date = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...dayParts });
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });
  const year = make({ year: 'numeric' });
  const month = make({ month: 'long', year: 'numeric' });
  const days = make({ day: 'numeric', month: 'long', year: 'numeric' });
  return {
    time: (at) => time.format(at),
    timeWithSeconds: (at) => withSeconds.format(at),
    moment: (at, now) => {
      if (sameDay.format(at) === sameDay.format(now)) return time.format(at);
      return (year.format(at) === year.format(now) ? thisYear : otherYear).format(at);
    },
    day: (at) => day.format(at),
    month: (at) => month.format(at),
    dayOfDate: (text) => date.format(Date.parse(text)),
    // The first of January 2001 was a Monday.
    weekday: (number) => weekday.format(Date.UTC(2001, 0, number)),
    days: (from, to) => days.formatRange(from, to - 1),
    full: (at) => otherYear.format(at),
  };
}
