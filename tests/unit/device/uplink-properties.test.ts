import type { UplinkEvent } from '@hymio/device';
import { REFUSAL_CODES } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayModel } from './gateway-model.js';
import { UplinkRig } from './uplink-rig.js';

const EPOCHS = ['a', 'b', 'current', 'never-heard-of'];
const OLD = [
  { epoch: 'a', presses: 23 },
  { epoch: 'b', presses: 1 },
];

type Move = { press: number } | { event: UplinkEvent };
const seq = fc.integer({ min: 1, max: 40 });
const ack = fc.record(
  {
    epoch: fc.constantFrom(...EPOCHS),
    upTo: fc.integer({ min: 0, max: 60 }),
    rewind: fc.constant(true as const),
    refused: fc.constantFrom(...REFUSAL_CODES, 'a-code-of-tomorrow'),
    firstSeq: seq,
    count: seq,
  },
  { requiredKeys: ['epoch', 'upTo'] },
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ press: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 8, arbitrary: ack.map((each) => ({ event: { type: 'ack' as const, ack: each } })) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('connected', 'disconnected', 'changed', 'heard', 'timeout', 'timeout', 'timeout')
      .map((type) => ({ event: { type } as UplinkEvent })),
  },
);

/** What must hold of every send, seen from the journal just before the step. */
function checkSends(rig: UplinkRig, act: () => void, quiet: boolean): void {
  const before = rig.sent.length;
  act();
  const sent = rig.sent.slice(before);
  expect(sent.length).toBeLessThanOrEqual(quiet ? 0 : 1);
  for (const { epoch, firstSeq, count, oldestSeq } of sent) {
    const span = rig.spans.find((each) => each.epoch === epoch);
    const open = rig.spans.filter((each) => each.ackedSeq < each.lastSeq && !rig.state.blocked.includes(each.epoch));
    expect(epoch).toBe(open[0]?.epoch);
    expect(firstSeq).toBe((span?.ackedSeq ?? 0) + 1);
    expect(firstSeq + count - 1).toBeLessThanOrEqual(span?.lastSeq ?? 0);
    expect(oldestSeq).toBe(span?.oldestSeq);
  }
  expect(rig.armed).toBe(rig.state.phase.kind === 'in-flight');
}

function play(rig: UplinkRig, step: Move): void {
  if ('press' in step) {
    checkSends(rig, () => rig.press(step.press), rig.state.phase.kind === 'in-flight');
    return;
  }
  const { event } = step;
  const quiet = (event.type === 'changed' || event.type === 'heard') && rig.state.phase.kind === 'in-flight';
  checkSends(rig, () => rig.step(event), quiet || event.type === 'disconnected');
}

/** Connects to a gateway that behaves and answers until nothing moves; returns the sends it took. */
function settle(rig: UplinkRig, gateway: GatewayModel, mostSends: number): number {
  const before = rig.sent.length;
  rig.step({ type: 'disconnected' });
  const answered = { upTo: rig.sent.length };
  rig.step({ type: 'connected' });
  for (const each of gateway.hearStatus(rig.spans)) rig.ack(each);
  while (answered.upTo < rig.sent.length) {
    expect(rig.sent.length - before).toBeLessThanOrEqual(mostSends);
    const send = rig.sent[answered.upTo];
    answered.upTo += 1;
    if (send) rig.ack(gateway.receive(send));
  }
  return rig.sent.length - before;
}

function pressesOf(rig: UplinkRig): string[] {
  return rig.spans.flatMap(({ epoch, lastSeq }) =>
    Array.from({ length: lastSeq }, (_, index) => `${epoch} ${index + 1}`),
  );
}

describe('uplink machine against any gateway', () => {
  it('never skips, never sends two batches at once, and delivers all once the gateway behaves', () => {
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 80 }),
        fc.noShrink(fc.infiniteStream(fc.double({ min: 0, max: 0.99 }))),
        (moves, chance) => {
          const rig = new UplinkRig(OLD, () => chance.next().value ?? 0);
          for (const each of moves) play(rig, each);
          const isNull = (epoch: string, press: number): boolean => rig.journal.read(epoch, press, 1)[0] === null;
          const gateway = new GatewayModel(isNull);
          settle(rig, gateway, 200);
          const aside = pressesOf(rig).filter((name) => isNull(name.split(' ')[0] ?? '', Number(name.split(' ')[1])));
          expect([...gateway.committed.values()].every((times) => times === 1)).toBe(true);
          expect([...gateway.committed.keys(), ...gateway.lost].sort()).toEqual(pressesOf(rig).sort());
          expect([...gateway.lost].sort()).toEqual(aside.sort());
          expect(rig.state.phase.kind).toBe('idle');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('sets aside exactly the presses that a gateway cannot take, in few sends, the others pass', () => {
    const size = 500;
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: size }), { minLength: 1, maxLength: 3 }), (bad) => {
        const rig = new UplinkRig([{ epoch: 'a', presses: size }]);
        const poisoned = new Set(bad.map((each) => `a ${each}`));
        const gateway = new GatewayModel((epoch, press) => rig.journal.read(epoch, press, 1)[0] === null, poisoned);
        const sends = settle(rig, gateway, 1000);
        expect(gateway.lost).toEqual(poisoned);
        expect(gateway.committed.size).toBe(size - bad.length);
        expect(rig.journal.setAsideCount()).toBe(bad.length);
        // For each of them two halvings and a success per level, of which there are log2(500) ≈ 9; then full batches again.
        expect(sends).toBeLessThanOrEqual((bad.length * 3 + 1) * Math.ceil(Math.log2(size)));
      }),
      { numRuns: 100 },
    );
  });

  it('loses no press to refusals that speak of other batches', () => {
    const stranger = fc.record({ firstSeq: fc.integer({ min: 2, max: 50 }), count: fc.integer({ min: 1, max: 500 }) });
    fc.assert(
      fc.property(fc.array(stranger, { maxLength: 30 }), (answers) => {
        const rig = new UplinkRig([{ epoch: 'a', presses: 1 }]);
        rig.step({ type: 'connected' });
        for (const each of answers) rig.ack({ epoch: 'a', upTo: 0, refused: 'malformed', ...each });
        expect(rig.journal.setAsideCount()).toBe(0);
        expect(rig.sent).toHaveLength(1);
      }),
    );
  });
});
