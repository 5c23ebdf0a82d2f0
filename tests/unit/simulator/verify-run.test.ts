import {
  type AggregateRow,
  type Check,
  describeVerdict,
  type ExportedPress,
  isClean,
  type KeptPress,
  type LedgerContent,
  type Verdict,
  verifyRun,
} from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const EPOCH = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const BUCKET_MS = 900_000;
const START = Date.UTC(2026, 10, 16, 8);

function kept(seq: number, trueAt: number, changes: Partial<KeptPress> = {}): KeptPress {
  return { event: 'kept', terminal: 'kallio-1', epoch: EPOCH, seq, rating: 3, trueAt, wallAt: trueAt, ...changes };
}

function stored(press: KeptPress, changes: Partial<ExportedPress> = {}): ExportedPress {
  const { terminal, epoch, seq, rating, trueAt } = press;
  const plain = { clock: 'synced', receivedAt: START, repeat: false, excluded: false } as const;
  return { terminal, epoch, seq, rating, at: trueAt, ...plain, ...changes };
}

function row(start: number, changes: Partial<AggregateRow> = {}): AggregateRow {
  return { start, terminal: 'kallio-1', n: 1, ratings: [0, 0, 0, 1], repeats: 0, estimated: 0, ...changes };
}

/** Three presses, the second a repeat of the first, the third in the next bucket. */
const presses = [kept(1, START + 10_000), kept(2, START + 12_000, { rating: 0 }), kept(3, START + BUCKET_MS + 5)];
const [first, second, third] = presses as [KeptPress, KeptPress, KeptPress];
const ledger: LedgerContent = {
  runs: [{ event: 'run', version: 1, seed: 1, from: START, terminals: ['kallio-1'] }],
  kept: presses,
  unanswered: [],
};
const rightPresses = [stored(first), stored(second, { repeat: true }), stored(third)];
const rightAggregates = [row(START, { repeats: 1 }), row(START + BUCKET_MS)];

function verify(
  exported: readonly ExportedPress[],
  aggregates: readonly AggregateRow[] = rightAggregates,
  content = ledger,
): Verdict {
  return verifyRun(content, { presses: exported, aggregates, windowOf: () => 5_000 });
}

function failed(verdict: Verdict): Partial<Record<Check, number>> {
  return Object.fromEntries(verdict.findings.filter((each) => each.count > 0).map((each) => [each.check, each.count]));
}

describe('verify', () => {
  it('finds nothing where all is right, whatever the order of arrival', () => {
    const verdict = verify([...rightPresses].reverse());
    expect(failed(verdict)).toEqual({});
    expect(isClean(verdict)).toBe(true);
    expect(describeVerdict(verdict)).toContain('lost 0, doubled 0, wrong rating 0, wrong bucket 0');
  });

  it('finds a lost press', () => {
    const verdict = verify([stored(first), stored(second, { repeat: true })], [row(START, { repeats: 1 })]);
    expect(failed(verdict)).toEqual({ lost: 1 });
    expect(isClean(verdict)).toBe(false);
    expect(describeVerdict(verdict)).toContain(`kallio-1 ${EPOCH} 3`);
  });

  it('finds a press stored twice under one identity', () => {
    const doubled = [...rightPresses, stored(third, { repeat: true })];
    expect(failed(verify(doubled)).doubled).toBe(1);
  });

  it('finds a press stored twice under two identities', () => {
    const twin = stored(third, { epoch: OTHER, seq: 1, repeat: true });
    const aggregates = [row(START, { repeats: 1 }), row(START + BUCKET_MS, { repeats: 1 })];
    expect(failed(verify([...rightPresses, twin], aggregates))).toEqual({ doubled: 1 });
  });

  it('accepts a press that its terminal did not live to confirm, once', () => {
    const died = stored(kept(4, third.trueAt + 60_000));
    const aggregates = [row(START, { repeats: 1 }), row(START + BUCKET_MS, { n: 2, ratings: [0, 0, 0, 2] })];
    const asked = { event: 'unanswered', terminal: 'kallio-1', rating: 3, trueAt: died.at } as const;
    const verdict = verify([...rightPresses, died], aggregates, { ...ledger, unanswered: [asked] });
    expect(failed(verdict)).toEqual({});
    expect(verdict.unanswered).toBe(1);
    expect(failed(verify([...rightPresses, died], aggregates))).toEqual({ doubled: 1 });
  });

  it('leaves presses of other terminals and of earlier runs out', () => {
    const others = [
      stored(kept(1, START + 10, { terminal: 'lobby', epoch: OTHER })),
      stored(kept(1, START - BUCKET_MS, { epoch: OTHER })),
    ];
    const aggregates = [...rightAggregates, row(START, { terminal: 'lobby' }), row(START - BUCKET_MS)];
    expect(failed(verify([...rightPresses, ...others], aggregates))).toEqual({});
  });

  it('finds a wrong rating', () => {
    const aggregates = [row(START, { repeats: 1 }), row(START + BUCKET_MS, { ratings: [0, 0, 1, 0] })];
    expect(failed(verify([...rightPresses.slice(0, 2), stored(third, { rating: 2 })], aggregates))).toEqual({
      'wrong rating': 1,
    });
  });

  it('finds a press in the wrong bucket, but lets rounding move it over the edge', () => {
    const justBefore = stored(third, { at: START + BUCKET_MS - 10, clock: 'corrected' });
    const one = [row(START, { n: 2, ratings: [0, 0, 0, 2], repeats: 1 })];
    expect(failed(verify([...rightPresses.slice(0, 2), justBefore], one))).toEqual({});
    const wrong = stored(third, { at: START + BUCKET_MS - 100, clock: 'corrected' });
    expect(failed(verify([...rightPresses.slice(0, 2), wrong], one))).toEqual({ 'wrong bucket': 1 });
  });

  it('finds a certain time that is wrong within its bucket', () => {
    const late = stored(third, { at: third.trueAt + 2_000, clock: 'corrected' });
    expect(failed(verify([...rightPresses.slice(0, 2), late]))).toEqual({ 'wrong time': 1 });
  });

  it('holds estimated presses to their stated uncertainty', () => {
    const estimated = (uncertaintyMs: number | undefined): ExportedPress =>
      stored(third, {
        at: third.trueAt + BUCKET_MS,
        clock: 'estimated',
        ...(uncertaintyMs === undefined ? {} : { uncertaintyMs }),
      });
    const aggregates = [row(START, { repeats: 1 }), row(START + 2 * BUCKET_MS, { estimated: 1 })];
    const two = rightPresses.slice(0, 2);
    expect(failed(verify([...two, estimated(BUCKET_MS)], aggregates))).toEqual({});
    expect(failed(verify([...two, estimated(BUCKET_MS - 1)], aggregates))).toEqual({ 'wrong bucket': 1 });
    expect(failed(verify([...two, estimated(undefined)], aggregates))).toEqual({ 'wrong bucket': 1 });
  });

  it('finds repeats wrongly marked and wrongly not marked', () => {
    const aggregates = [
      row(START, { n: 2, ratings: [1, 0, 0, 1] }),
      row(START + BUCKET_MS, { n: 0, ratings: [0, 0, 0, 0], repeats: 1 }),
    ];
    const wrong = [stored(first), stored(second), stored(third, { repeat: true })];
    expect(failed(verify(wrong, aggregates))).toEqual({ 'wrongly marked repeat': 2 });
  });

  it('counts a press again once the window after the last counted one is over, not after the last press', () => {
    const hammering = [0, 3_000, 6_000, 9_000].map((ms, index) => kept(index + 1, START + ms));
    const marks = [false, true, false, true];
    const exported = hammering.map((press, index) => stored(press, { repeat: marks[index] === true }));
    const aggregates = [row(START, { n: 2, ratings: [0, 0, 0, 2], repeats: 2 })];
    expect(failed(verify(exported, aggregates, { ...ledger, kept: hammering }))).toEqual({});
  });

  it('finds aggregates that differ from the presses, are missing, or count what is not there', () => {
    const wrong = [row(START), row(START + 2 * BUCKET_MS)];
    expect(failed(verify(rightPresses, wrong))).toEqual({ 'wrong aggregate': 3 });
  });
});
