import {
  type Registry,
  type ReportInput,
  type StandingTime,
  shiftWeek,
  standingTimes,
  type TerminalHistory,
  terminalTimeline,
  timelineCoverage,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Helsinki';

const span = ([from, to]: [number, number]) => ({ from: from * HOUR, to: to * HOUR });

interface Row {
  title: string;
  open?: [number, number][];
  placed?: [number, number][];
  presence?: [number, number][];
  faults?: [string, number, number][];
  seen?: number;
  retired?: number;
  /** Kind and where it begins, in hours; the whole is 0…24. */
  segments: [string, number][];
}

describe('the timeline of a terminal', () => {
  it.each<Row>([
    { title: 'never heard of', open: [[0, 24]], segments: [['unknown', 0]] },
    {
      title: 'closed at night, known to have worked by day',
      open: [[8, 16]],
      presence: [[0, 24]],
      segments: [
        ['closed', 0],
        ['working', 8],
        ['closed', 16],
      ],
    },
    {
      title: 'silent in the afternoon',
      open: [[8, 16]],
      presence: [[0, 12]],
      segments: [
        ['closed', 0],
        ['working', 8],
        ['offline', 12],
        ['closed', 16],
      ],
    },
    {
      title: 'first heard at ten',
      open: [[8, 16]],
      presence: [[10, 24]],
      segments: [
        ['closed', 0],
        ['unknown', 8],
        ['working', 10],
        ['closed', 16],
      ],
    },
    {
      title: 'first heard earlier than what is known of its work',
      open: [[8, 16]],
      presence: [[10, 24]],
      seen: 9,
      segments: [
        ['closed', 0],
        ['unknown', 8],
        ['offline', 9],
        ['working', 10],
        ['closed', 16],
      ],
    },
    {
      title: 'a fault that stops it, one that does not, and silence with a fault',
      open: [[0, 24]],
      presence: [
        [0, 6],
        [12, 20],
      ],
      faults: [
        ['panel-silent', 6, 12],
        ['button-stuck', 14, 16],
        ['button-stuck', 21, 22],
      ],
      segments: [
        ['working', 0],
        ['faulty', 6],
        ['working', 12],
        ['impaired', 14],
        ['working', 16],
        ['offline', 20],
      ],
    },
    {
      title: 'the heartbeat between its last good word and its fault belongs to the fault, on both sides',
      open: [[0, 24]],
      presence: [
        [0, 6],
        [12, 24],
      ],
      faults: [['panel-silent', 6 + 1 / 60, 12 - 1 / 60]],
      segments: [
        ['working', 0],
        ['faulty', 6],
        ['working', 12],
      ],
    },
    {
      title: 'the last two minutes are not told about yet',
      open: [[0, 24]],
      presence: [[0, 24 - 2 / 60]],
      segments: [
        ['working', 0],
        ['unknown', 24 - 2 / 60],
      ],
    },
    {
      title: 'moved in at six, taken out of use at eighteen',
      open: [[6, 24]],
      placed: [[6, 24]],
      presence: [[0, 20]],
      retired: 18,
      segments: [
        ['unplaced', 0],
        ['working', 6],
        ['retired', 18],
      ],
    },
  ])('$title', ({ open = [], placed = [[0, 24]], presence = [], faults = [], seen, retired, segments }) => {
    const history: TerminalHistory = {
      presence: presence.map(span),
      faults: faults.map(([code, from, to]) => ({ code, ...span([from, to]) })),
      firstSeenAt: seen === undefined ? undefined : seen * HOUR,
      retiredAt: retired === undefined ? undefined : retired * HOUR,
    };
    const standing: StandingTime = { open: open.map(span), placed: placed.map(span), servicePoints: ['x'] };
    const timeline = terminalTimeline(history, standing, 0, 24 * HOUR);
    expect(timeline.map(({ kind, from }) => [kind, from])).toEqual(segments.map(([kind, at]) => [kind, at * HOUR]));
  });

  it('names the faults of a stretch', () => {
    const faults = [
      { code: 'b', from: 0, to: HOUR },
      { code: 'a', from: 0, to: HOUR },
    ];
    const standing = { open: [span([0, 1])], placed: [span([0, 1])], servicePoints: [] };
    const [segment] = terminalTimeline({ presence: [span([0, 1])], faults }, standing, 0, HOUR);
    expect(segment).toMatchObject({ kind: 'impaired', faults: ['a', 'b'] });
  });
});

/** Weeks of the winter, and those in which the clocks change. */
const week = fc.constantFrom(48, 13, 43);
const minutes = fc.integer({ min: 0, max: 7 * 24 * 60 + 90 });
const stretches = fc.array(fc.tuple(minutes, fc.integer({ min: 0, max: 900 })), { maxLength: 12 });
const day = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([from, length]) => [{ from, to: Math.min(1440, from + length) }]);
const past = fc.record({
  week,
  presence: stretches,
  faults: stretches,
  mon: day,
  sun: day,
  moved: fc.option(minutes, { nil: undefined }),
  retired: fc.option(minutes, { nil: undefined }),
  unplaced: fc.boolean(),
  now: minutes,
});

describe('coverage and timeline', () => {
  it('are the same history: they never disagree, whatever happened, and the timeline has no gaps', () => {
    fc.assert(
      fc.property(past, (p) => {
        const iso = { year: 2026, week: p.week };
        const { from, to: weekEnd } = weekSpan(iso, ZONE);
        const now = from + p.now * MINUTE + 1;
        const to = Math.min(now, weekEnd);
        const at = (minute: number) => from + minute * MINUTE;
        const cut = (list: [number, number][]) =>
          list.map(([start, length]) => ({ from: at(start), to: at(start + length) }));
        const presence = cut(p.presence);
        const faults = cut(p.faults).map((one, i) => ({ ...one, code: i % 2 === 0 ? 'panel-silent' : 'button-stuck' }));
        const retiredAt = p.retired === undefined ? undefined : at(p.retired);
        const moved = p.moved === undefined ? {} : { to: at(p.moved) };
        const place = { id: 'p', group: 'g', name: { en: 'P' }, repeatWindowMs: 0 };
        const registry: Registry = {
          groups: [{ id: 'g', name: { en: 'G' } }],
          servicePoints: [{ ...place, openingHours: { mon: p.mon, sun: p.sun } }],
          questions: [],
          terminals: [{ id: 't' }],
          assignments: p.unplaced ? [] : [{ terminal: 't', servicePoint: 'p', from: from - HOUR, ...moved }],
        };
        const terminal = {
          id: 't',
          registered: true,
          lostPresses: 0,
          missingPresses: 0,
          firstSeenAt: from,
          ...(retiredAt === undefined ? {} : { retiredAt }),
        };
        const input: ReportInput = {
          week: weekSpan(iso, ZONE),
          previousWeek: weekSpan(shiftWeek(iso, -1), ZONE),
          zone: ZONE,
          now,
          registry,
          terminals: [terminal],
          thisWeek: [],
          lastWeek: [],
          presence: presence.map((one) => ({ terminal: 't', ...one })),
          lost: [],
          incidents: [],
          suspects: [],
          exclusions: [],
          earlierWeeks: [],
          alerts: [],
          notes: [],
          changes: [],
        };
        const standing = standingTimes({ registry, from, to, zone: ZONE })({ id: 't', heardFrom: from, retiredAt });
        const timeline = terminalTimeline({ presence, faults, firstSeenAt: from, retiredAt }, standing, from, to);
        const [coverage] = weeklyReport(input).coverage.terminals;
        const sums = timelineCoverage(timeline);
        expect({ openMs: coverage?.openMs ?? 0, workedMs: coverage?.workedMs ?? 0 }).toEqual(sums);
        let reached = from;
        for (const segment of timeline) {
          expect(segment.from).toBe(reached);
          reached = segment.to;
        }
        expect(reached).toBe(to);
      }),
      { numRuns: 150 },
    );
  });
});
