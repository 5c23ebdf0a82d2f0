import type { TimelineKind } from '../../terminals/terminal-timeline.js';

export interface TerminalPageMessages {
  asks(question: string): string;
  workingSince(moment: string): string;
  timeline: string;
  /** Share of opening time in which it is known to have worked. */
  covered(share: string): string;
  noOpeningTime: string;
  kinds: Record<TimelineKind, string>;
  day: string;
  hoursOfDay: string;
  inWords: string;
  moreStretches(n: string): string;
  facts: string;
  lastHeard: string;
  pending: string;
  oldestPending: string;
  clock: string;
  clocks: { synced: string; unsynced: string };
  lost: string;
  missing: string;
  firstSeen: string;
  temperature: string;
  throttled: string;
  throttledYes: string;
  throttledNo: string;
  freeDisk: string;
  freeMemory: string;
  uptime: string;
  firmware: string;
  configVersion: string;
  model: string;
  statusAt: string;
  places: string;
  noPlaces: string;
  from: string;
  until: string;
  untilFurther: string;
  question: string;
  events: string;
  noEvents: string;
  lostAt(n: number, shown: string, moment: string): string;
  excluded(from: string, to: string, reason: string, by: string, note: string): string;
}
