import { applyFaults, type FaultStretch, faultsJoinFrom } from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const T = 1_795_000_000_000;
const S = 1_000;
const MINUTE = 60 * S;

interface Beat {
  /** After T. */
  at: number;
  uptimeMs?: number;
  /** Code and since, after T by the terminal's clock. */
  faults?: [string, number][];
  /** How far the terminal's clock is ahead. */
  aheadMs?: number;
}
const status = ({ at, uptimeMs = 60 * MINUTE, faults = [], aheadMs = 0 }: Beat): StatusMessage => ({
  sentAt: T + at + aheadMs,
  firmware: '1',
  epoch: '00000000-0000-4000-8000-000000000001',
  epochs: [],
  pending: 0,
  clock: 'synced',
  uptimeMs,
  faults: faults.map(([code, since]) => ({ code, since: T + since })),
  hardware: {},
});

/** What a store holds after these statuses; only what the contract promises is handed in. */
function fold(beats: readonly Beat[]): FaultStretch[] {
  let spans: FaultStretch[] = [];
  for (const beat of beats) {
    const message = status(beat);
    const near = spans.filter(({ open, to }) => open || to >= faultsJoinFrom(message, T + beat.at));
    const { removed, added } = applyFaults(near, message, T + beat.at);
    spans = [...spans.filter((span) => !removed.includes(span)), ...added];
  }
  return spans.sort((a, b) => a.from - b.from || (a.code < b.code ? -1 : 1));
}
const brief = (spans: FaultStretch[]) => spans.map(({ code, from, to, open }) => [code, from - T, to - T, open]);

describe('applyFaults', () => {
  it.each<{ name: string; beats: Beat[]; spans: [string, number, number, boolean][] }>([
    { name: 'no fault, no history', beats: [{ at: 0 }, { at: MINUTE }], spans: [] },
    {
      name: 'a fault lasts since the terminal noticed it, and goes on with each heartbeat',
      beats: [
        { at: 0, faults: [['a', -5 * S]] },
        { at: MINUTE, faults: [['a', -5 * S]] },
      ],
      spans: [['a', -5 * S, MINUTE, true]],
    },
    {
      name: 'a fault that is gone lasted until it was said to be gone',
      beats: [{ at: 0, faults: [['a', 0]] }, { at: 30 * S }, { at: MINUTE }],
      spans: [['a', 0, 30 * S, false]],
    },
    {
      name: 'a fault that went away in a long silence ends where it was last told',
      beats: [{ at: 0, faults: [['a', 0]] }, { at: 40 * MINUTE }],
      spans: [['a', 0, 0, false]],
    },
    {
      name: 'one that was there through a long silence is one stretch',
      beats: [
        { at: 0, faults: [['a', 0]] },
        { at: 40 * MINUTE, faults: [['a', 0]] },
      ],
      spans: [['a', 0, 40 * MINUTE, true]],
    },
    {
      name: 'one that came again after a long time is two',
      beats: [{ at: 0, faults: [['a', 0]] }, { at: S }, { at: 40 * MINUTE, faults: [['a', 39 * MINUTE]] }],
      spans: [
        ['a', 0, S, false],
        ['a', 39 * MINUTE, 40 * MINUTE, true],
      ],
    },
    {
      name: 'one that flickers is one',
      beats: [{ at: 0, faults: [['a', 0]] }, { at: S }, { at: 9 * S, faults: [['a', 9 * S]] }, { at: 10 * S }],
      spans: [['a', 0, 10 * S, false]],
    },
    {
      name: 'a restart: the fault cannot be older than the process that tells of it',
      beats: [
        { at: 0, faults: [['a', 0]] },
        { at: 30 * MINUTE, uptimeMs: MINUTE, faults: [['a', -9 * MINUTE]] },
      ],
      spans: [
        ['a', 0, 0, false],
        ['a', 29 * MINUTE, 30 * MINUTE, true],
      ],
    },
    {
      name: 'a clock in the past: read by ours',
      beats: [{ at: 0, aheadMs: -T, faults: [['a', -T - 20 * S]] }],
      spans: [['a', -20 * S, 0, true]],
    },
    {
      name: 'a fault in the future began now',
      beats: [{ at: 0, faults: [['a', 9 * MINUTE]] }],
      spans: [['a', 0, 0, true]],
    },
    {
      name: 'several faults, each with its own time',
      beats: [
        {
          at: 0,
          faults: [
            ['a', 0],
            ['b', -S],
          ],
        },
        { at: S, faults: [['b', -S]] },
      ],
      spans: [
        ['b', -S, S, true],
        ['a', 0, S, false],
      ],
    },
  ])('$name', ({ beats, spans }) => {
    expect(brief(fold(beats))).toEqual(spans);
  });

  const beats = fc
    .array(
      fc.record({
        pause: fc.constantFrom(0, S, 30 * S, MINUTE, 3 * MINUTE, 30 * MINUTE),
        uptimeMs: fc.constantFrom(0, S, MINUTE, 60 * MINUTE),
        faults: fc.uniqueArray(fc.constantFrom('a', 'b', 'panel-silent'), { maxLength: 3 }),
        sinceMs: fc.constantFrom(-60 * MINUTE, -MINUTE, 0, MINUTE),
      }),
      { maxLength: 30 },
    )
    .map((steps) => {
      let at = 0;
      return steps.map(({ pause, uptimeMs, faults, sinceMs }): Beat => {
        at += pause;
        return { at, uptimeMs, faults: faults.map((code) => [code, at + sinceMs]) };
      });
    });

  it('keeps stretches of one fault apart, within what was told, at most one of them open', () => {
    fc.assert(
      fc.property(beats, (told) => {
        const spans = fold(told);
        const lastAt = T + (told.at(-1)?.at ?? 0);
        for (const { from, to } of spans) expect(from <= to && to <= lastAt).toBe(true);
        for (const code of ['a', 'b', 'panel-silent']) {
          const own = spans.filter((span) => span.code === code);
          for (const [index, span] of own.slice(1).entries()) expect(span.from).toBeGreaterThan(own[index]?.to ?? 0);
          expect(own.filter(({ open }) => open).length).toBe(
            told.at(-1)?.faults?.some(([one]) => one === code) === true ? 1 : 0,
          );
        }
      }),
    );
  });

  it('does not mind a status that comes twice', () => {
    fc.assert(
      fc.property(beats, (told) => {
        expect(fold(told.flatMap((beat) => [beat, beat]))).toEqual(fold(told));
      }),
    );
  });
});

describe('what a status changes of the history of faults', () => {
  it('is nothing where there is none', () => {
    expect(applyFaults([], status({ at: 0 }), T)).toEqual({ removed: [], added: [] });
  });

  it('begins with the earlier of two notes of one fault', () => {
    const twice = [
      ['a', -20 * S] as [string, number],
      ['a', -40 * S] as [string, number],
      ['a', -5 * S] as [string, number],
    ];
    expect(brief(fold([{ at: 0, faults: twice }]))).toEqual([['a', -40 * S, 0, true]]);
  });

  it('joins and ends what lies just so far apart as a heartbeat may be late, and no more', () => {
    const told = { at: 0, faults: [['a', 0] as [string, number]] };
    expect(brief(fold([told, { at: 150 * S }]))).toEqual([['a', 0, 150 * S, false]]);
    expect(brief(fold([told, { at: 150 * S + 1 }]))).toEqual([['a', 0, 0, false]]);
    const again = (since: number) => ({ at: 400 * S, faults: [['a', since] as [string, number]] });
    expect(brief(fold([told, { at: 150 * S }, again(300 * S)]))).toEqual([['a', 0, 400 * S, true]]);
    expect(fold([told, { at: 150 * S }, again(300 * S + 1)])).toHaveLength(2);
  });
});
