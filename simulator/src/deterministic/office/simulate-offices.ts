import type { ReachedCounts } from '../reached.js';
import { sumRecords } from '../simulate-seeds.js';
import { type OfficeOptions, type OfficeResult, simulateOffice } from './simulate-office.js';

/** What many seeds of the office came to. */
export interface OfficeTally {
  seeds: number;
  failed: OfficeResult[];
  alerts: number;
  weeks: number;
  mails: number;
  messages: number;
  /** Messages that came once more after a death in between. */
  again: number;
  /** Faults that happened, by kind. */
  faults: Record<string, number>;
  reached: ReachedCounts;
}

/** Runs seeds `from` to `to` of the office, both included, one after the other. */
export async function simulateOffices(from: number, to: number, options: OfficeOptions = {}): Promise<OfficeTally> {
  const tallies: OfficeTally[] = [];
  for (let seed = from; seed <= to; seed += 1) tallies.push(tallyOf(await simulateOffice(seed, options)));
  return sumOfficeTallies(tallies);
}

export function sumOfficeTallies(tallies: readonly OfficeTally[]): OfficeTally {
  const total = (pick: (tally: OfficeTally) => number): number => tallies.reduce((sum, tally) => sum + pick(tally), 0);
  return {
    seeds: total(({ seeds }) => seeds),
    failed: tallies.flatMap(({ failed }) => failed),
    alerts: total(({ alerts }) => alerts),
    weeks: total(({ weeks }) => weeks),
    mails: total(({ mails }) => mails),
    messages: total(({ messages }) => messages),
    again: total(({ again }) => again),
    faults: sumRecords(tallies.map(({ faults }) => faults)),
    reached: sumRecords(tallies.map(({ reached }) => reached)),
  };
}

/** In a few lines, for a person. */
export function describeOfficeTally(tally: OfficeTally): string {
  const { seeds, failed, alerts, weeks, mails, messages, again } = tally;
  const counts = Object.values(tally.faults);
  const faults = counts.reduce((sum, count) => sum + count, 0);
  return [
    `${seeds} seeds of the office, ${failed.length} failed: ${alerts} alerts, ${mails} mails of ${weeks} weeks,`,
    `${messages} messages of which ${again} came once more after a death, ${faults} faults of ${counts.length} kinds`,
  ].join('\n');
}

function tallyOf(result: OfficeResult): OfficeTally {
  const { alerts, weeks, mails, messages, again, reached } = result;
  return {
    seeds: 1,
    failed: result.breach === undefined ? [] : [result],
    alerts,
    weeks,
    mails,
    messages,
    again,
    faults: sumRecords(result.faults.map(({ kind }) => ({ [kind]: 1 }))),
    reached,
  };
}
