import { type TerminalHistory, TIMELINE_KINDS, terminalTimeline, timelineCoverage } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const span = (from: number, to: number) => ({ from: from * HOUR, to: to * HOUR });
const DAY = [span(0, 24)];
const ALWAYS = { open: DAY, placed: DAY, servicePoints: [] };

function timeline(history: Partial<TerminalHistory>) {
  return terminalTimeline({ presence: [], faults: [], firstSeenAt: 0, ...history }, ALWAYS, 0, 24 * HOUR);
}
const brief = (history: Partial<TerminalHistory>) =>
  timeline(history).map(({ kind, from, to }) => [kind, from / MINUTE, to / MINUTE]);

describe('the timeline of a terminal', () => {
  it('of no time is empty', () => {
    expect(terminalTimeline({ presence: DAY, faults: [] }, ALWAYS, HOUR, HOUR)).toEqual([]);
    expect(terminalTimeline({ presence: DAY, faults: [] }, ALWAYS, HOUR, 0)).toEqual([]);
  });

  it('has these kinds', () => {
    const kinds = ['working', 'impaired', 'faulty', 'offline', 'closed', 'unplaced', 'unknown', 'retired'];
    expect([...TIMELINE_KINDS]).toEqual(kinds);
  });

  it('names at each stretch the faults of that stretch, and none where it worked well', () => {
    const faults = [
      { code: 'panel-silent', ...span(6, 12) },
      { code: 'before', ...span(5, 6) },
      { code: 'after', ...span(12, 13) },
      { code: 'button-stuck', ...span(14, 16) },
    ];
    const presence = [span(0, 6), span(12, 24)];
    expect(timeline({ presence, faults }).map(({ kind, faults }) => [kind, ...faults])).toEqual([
      ['working'],
      ['impaired', 'before'],
      ['faulty', 'panel-silent'],
      ['impaired', 'after'],
      ['working'],
      ['impaired', 'button-stuck'],
      ['working'],
    ]);
  });

  it('names no faults of hours in which the place was closed', () => {
    const history = { presence: DAY, faults: [{ code: 'button-stuck', ...span(0, 24) }], firstSeenAt: 0 };
    const standing = { open: [span(8, 16)], placed: DAY, servicePoints: [] };
    const named = terminalTimeline(history, standing, 0, 24 * HOUR).map(({ kind, faults }) => [kind, ...faults]);
    expect(named).toEqual([['closed'], ['impaired', 'button-stuck'], ['closed']]);
  });

  it('takes a short silence for silence, but at its very end for what is not told yet', () => {
    const lastMinutes = (minutes: number) => ({ presence: [span(0, 6), { from: 362 * MINUTE, to: minutes * MINUTE }] });
    expect(brief(lastMinutes(1_438)).map(([kind]) => kind)).toEqual(['working', 'offline', 'working', 'unknown']);
    expect(brief(lastMinutes(1_437)).map(([kind]) => kind)).toEqual(['working', 'offline', 'working', 'offline']);
  });

  it('adds to a fault what lies between it and the last good word for a heartbeat or two, and no more', () => {
    const around = (minutes: number) => ({
      presence: [span(0, 6), span(12, 24)],
      faults: [{ code: 'panel-silent', from: (360 + minutes) * MINUTE, to: (720 - minutes) * MINUTE }],
    });
    expect(brief(around(2.5))).toEqual([
      ['working', 0, 360],
      ['faulty', 360, 720],
      ['working', 720, 1_440],
    ]);
    expect(brief(around(3))).toEqual([
      ['working', 0, 360],
      ['offline', 360, 363],
      ['faulty', 363, 717],
      ['offline', 717, 720],
      ['working', 720, 1_440],
    ]);
  });

  it('adds up to opening time and to time worked', () => {
    const segments = TIMELINE_KINDS.map((kind, index) => ({ kind, faults: [], from: 0, to: 2 ** index }));
    expect(timelineCoverage(segments)).toEqual({ openMs: 1 + 2 + 4 + 8 + 64, workedMs: 1 + 2 });
  });
});
