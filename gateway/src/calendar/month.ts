import { HymioError } from '@hymio/protocol';
import { DateTime } from 'luxon';

/** A calendar month in a zone: from (inclusive) to (exclusive), UTC ms. */
export interface MonthSpan {
  /** `2026-10` */
  id: string;
  from: number;
  to: number;
}

const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2199;

/** Reads `2026-10` and says where it lies, in an IANA zone. Errors: HymioError `malformed-month`, `no-such-month`. */
export function monthSpan(text: string, zone: string): MonthSpan {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  if (match === null) {
    throw new HymioError('malformed-month', `${JSON.stringify(text)} is not a month.`, 'Write it as 2026-10.');
  }
  const [year, month] = [Number(match[1]), Number(match[2])];
  if (year < EARLIEST_YEAR || year > LATEST_YEAR || month < 1 || month > 12) {
    throw new HymioError(
      'no-such-month',
      `There is no month ${text}.`,
      `Choose a year from ${EARLIEST_YEAR} to ${LATEST_YEAR} and a month from 01 to 12.`,
    );
  }
  return spanOf(DateTime.fromObject({ year, month }, { zone }));
}

/** The last month that is over at an instant (UTC ms), in an IANA zone. */
export function lastMonth(at: number, zone: string): MonthSpan {
  return spanOf(DateTime.fromMillis(at, { zone }).startOf('month').minus({ months: 1 }));
}

function spanOf(first: DateTime): MonthSpan {
  const start = first.startOf('month');
  const end = start.plus({ months: 1 }).startOf('month');
  return { id: start.toFormat('yyyy-MM'), from: start.toMillis(), to: end.toMillis() };
}
