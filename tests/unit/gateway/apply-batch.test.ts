import { applyBatch } from '@hymio/gateway';
import { MAX_GAP, type PressEntry, type PressesMessage } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const EPOCH = '00000000-0000-4000-8000-000000000001';
const P: PressEntry = { at: 1_795_000_000_000, rating: 3, clock: 'synced' };

function batch(firstSeq: number, presses: PressEntry[], oldestSeq = 1): PressesMessage {
  return { epoch: EPOCH, firstSeq, oldestSeq, presses };
}
const ack = (upTo: number, more = {}) => ({ epoch: EPOCH, upTo, ...more });

describe('applyBatch', () => {
  it.each([
    {
      name: 'the first batch of an epoch',
      mark: 0,
      message: batch(1, [P, P]),
      gives: { ack: ack(2), mark: 2, applyFrom: 0 },
    },
    { name: 'the next in order', mark: 2, message: batch(3, [P]), gives: { ack: ack(3), mark: 3, applyFrom: 0 } },
    { name: 'one known already', mark: 5, message: batch(2, [P, P]), gives: { ack: ack(5), mark: 5, applyFrom: 2 } },
    { name: 'one known in part', mark: 2, message: batch(1, [P, P, P]), gives: { ack: ack(3), mark: 3, applyFrom: 2 } },
    {
      name: 'a gap that can be filled',
      mark: 2,
      message: batch(5, [P], 3),
      gives: { ack: ack(2, { rewind: true }), mark: 2, applyFrom: 1 },
    },
    {
      name: 'a gap that can not',
      mark: 2,
      message: batch(6, [P], 6),
      gives: { ack: ack(6), mark: 6, applyFrom: 0, lost: [{ from: 3, to: 5 }] },
    },
    {
      name: 'a gap of both kinds',
      mark: 2,
      message: batch(8, [P], 5),
      gives: { ack: ack(4, { rewind: true }), mark: 4, applyFrom: 1, lost: [{ from: 3, to: 4 }] },
    },
    {
      name: 'presses that can no longer be read',
      mark: 0,
      message: batch(1, [null, null, P, null]),
      gives: {
        ack: ack(4),
        mark: 4,
        applyFrom: 0,
        lost: [
          { from: 1, to: 2 },
          { from: 4, to: 4 },
        ],
      },
    },
    {
      name: 'a gap that runs on into unreadable presses',
      mark: 0,
      message: batch(3, [null, P], 3),
      gives: { ack: ack(4), mark: 4, applyFrom: 0, lost: [{ from: 1, to: 3 }] },
    },
    {
      name: 'an unreadable press known already',
      mark: 1,
      message: batch(1, [null, P]),
      gives: { ack: ack(2), mark: 2, applyFrom: 1 },
    },
    {
      name: 'the widest gap that is possible',
      mark: 0,
      message: batch(MAX_GAP + 1, [P], MAX_GAP + 1),
      gives: { ack: ack(MAX_GAP + 1), mark: MAX_GAP + 1, applyFrom: 0, lost: [{ from: 1, to: MAX_GAP }] },
    },
    {
      name: 'a wider one',
      mark: 5,
      message: batch(MAX_GAP + 7, [P], MAX_GAP + 7),
      gives: {
        ack: ack(5, { refused: 'gap-too-large', firstSeq: MAX_GAP + 7, count: 1 }),
        mark: 5,
        applyFrom: 1,
        refused: 'gap-too-large',
      },
    },
  ])('$name', ({ mark, message, gives }) => {
    expect(applyBatch({ mark, owner: 'kallio-1' }, 'kallio-1', message)).toEqual({ lost: [], ...gives });
  });

  it('takes an epoch that nobody has sent before', () => {
    const taken = { ack: ack(1), mark: 1, lost: [], applyFrom: 0 };
    expect(applyBatch({ mark: 0 }, 'kallio-1', batch(1, [P]))).toEqual(taken);
  });

  it('refuses an epoch of another terminal without telling its mark', () => {
    expect(applyBatch({ mark: 7, owner: 'kallio-1' }, 'kallio-2', batch(8, [P, P]))).toEqual({
      ack: ack(0, { refused: 'epoch-of-another-terminal', firstSeq: 8, count: 2 }),
      mark: 7,
      lost: [],
      applyFrom: 2,
      refused: 'epoch-of-another-terminal',
    });
  });

  it('accounts for every seq up to the mark exactly once, whatever arrives', () => {
    const anyBatch = fc.record({
      firstSeq: fc.integer({ min: 1, max: 40 }),
      back: fc.integer({ min: 0, max: 40 }),
      presses: fc.array(fc.constantFrom<PressEntry>(P, null), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(anyBatch, { maxLength: 40 }), (batches) => {
        const seen = new Map<number, string>();
        let mark = 0;
        for (const { firstSeq, back, presses } of batches) {
          const message = batch(firstSeq, presses, Math.max(1, firstSeq - back));
          const decision = applyBatch({ mark }, 'kallio-1', message);
          expect(decision.mark).toBeGreaterThanOrEqual(mark);
          for (const { from, to } of decision.lost) {
            for (let seq = from; seq <= to; seq++) record(seen, seq, 'lost');
          }
          presses.forEach((entry, index) => {
            if (index >= decision.applyFrom && entry !== null) record(seen, firstSeq + index, 'stored');
          });
          mark = decision.mark;
          expect(decision.ack.upTo).toBe(mark);
          expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: mark }, (_, index) => index + 1));
        }
      }),
    );
  });
});

function record(seen: Map<number, string>, seq: number, what: string): void {
  if (seen.has(seq)) throw new Error(`seq ${seq} is ${seen.get(seq)} and ${what}`);
  seen.set(seq, what);
}
