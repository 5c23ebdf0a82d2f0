import { type EpochFacts, type JournalPress, resolveTime } from '@hymio/device';
import { UNKNOWN_UNCERTAINTY_MS } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const FIRST_FIRMWARE = Date.UTC(2026, 10, 1);
const NOON = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

function facts(epoch: string, bootId: string, offsetMs: number | undefined, lastBootMs: number): EpochFacts {
  return { epoch, bootId, offsetMs, openedBootMs: 0, lastBootMs, waitedMs: 0 };
}

function press(bootMs: number, overrides: Partial<JournalPress> = {}): JournalPress {
  return { seq: 1, rating: 1, at: 5_000, bootMs, synced: false, ...overrides };
}

describe('the time of a press', () => {
  it('is the wall time where the clock was right', () => {
    const known = [facts('e', 'b', NOON, 10)];
    expect(resolveTime(press(7, { at: NOON, synced: true }), 'e', known, FIRST_FIRMWARE)).toEqual({
      at: NOON,
      rating: 1,
      clock: 'synced',
    });
  });

  it('is moved by the boot clock where the clock became right later in the boot, under another epoch too', () => {
    const known = [facts('e', 'b', undefined, 10), facts('f', 'b', NOON, 20)];
    expect(resolveTime(press(7), 'e', known, FIRST_FIRMWARE)).toEqual({ at: NOON + 7, rating: 1, clock: 'corrected' });
  });

  it('is estimated between the boots around it where the clock never was right', () => {
    const known = [facts('a', 'a', NOON, HOUR), facts('b', 'b', undefined, HOUR), facts('c', 'c', NOON + 10 * HOUR, 0)];
    const { at, ...rest } = resolveTime(press(HOUR / 2), 'b', known, FIRST_FIRMWARE);
    // Between 13:30 (an hour of the boot before, half an hour of its own) and 21:30 (half an hour before the next).
    expect(Math.abs(at - (NOON + 5.5 * HOUR))).toBeLessThan(1000);
    expect(rest).toMatchObject({ clock: 'estimated' });
    expect('uncertaintyMs' in rest && Math.abs(rest.uncertaintyMs - 4 * HOUR) < 1000).toBe(true);
  });

  it('is not known where nothing bounds it from above', () => {
    const known = [facts('a', 'a', NOON, HOUR), facts('b', 'b', undefined, HOUR)];
    const resolved = resolveTime(press(1), 'b', known, FIRST_FIRMWARE);
    expect(resolved).toMatchObject({ clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS });
    expect(resolved.at).toBeGreaterThanOrEqual(NOON + HOUR);
  });

  it('is not known where the epoch is not', () => {
    expect(resolveTime(press(1), 'x', [], FIRST_FIRMWARE)).toMatchObject({ uncertaintyMs: UNKNOWN_UNCERTAINTY_MS });
  });

  it('is not known where only its least age is, whatever else is said of it', () => {
    const told = press(7, { at: NOON, synced: true, ageIsMinimum: true });
    const estimated = { at: NOON, rating: 1, clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS };
    expect(resolveTime(told, 'e', [facts('e', 'b', NOON, 10)], FIRST_FIRMWARE)).toEqual(estimated);
    expect(resolveTime(press(1, { at: NOON }), 'x', [], FIRST_FIRMWARE)).toEqual(estimated);
  });

  it('is estimated over several boots that never were right, whose crystals may be off by 200 ppm', () => {
    const known = [
      facts('a', 'a', NOON, HOUR),
      // Opened again, and nothing pressed since.
      facts('a2', 'a', undefined, 0),
      facts('b', 'b', undefined, 2 * HOUR),
      facts('c', 'c', undefined, 3 * HOUR),
      facts('d', 'd', undefined, 4 * HOUR),
      facts('e', 'e', NOON + 40 * HOUR, HOUR),
    ];
    const earliest = NOON + HOUR + 3 * HOUR * 0.9998;
    const latest = NOON + 40 * HOUR - 6 * HOUR * 0.9998;
    const { at, ...rest } = resolveTime(press(HOUR), 'c', known, FIRST_FIRMWARE);
    expect(Math.abs(at - (earliest + latest) / 2)).toBeLessThanOrEqual(1);
    expect('uncertaintyMs' in rest && Math.abs(rest.uncertaintyMs - 25 - (latest - earliest) / 2)).toBeLessThanOrEqual(
      1,
    );
  });

  it('needs no firmware younger than the boot: a boot may be older than the update', () => {
    const lastYear = FIRST_FIRMWARE - 300 * 24 * HOUR;
    const bootMs = 320 * 24 * HOUR;
    const known = [facts('e', 'b', undefined, bootMs), facts('f', 'c', lastYear + bootMs + HOUR, 0)];
    const resolved = resolveTime(press(bootMs), 'e', known, FIRST_FIRMWARE);
    const uncertaintyMs = 'uncertaintyMs' in resolved ? resolved.uncertaintyMs : 0;
    expect(Math.abs(resolved.at - (lastYear + bootMs))).toBeLessThanOrEqual(uncertaintyMs);
  });

  it('lies within the uncertainty stated, through any chain of boots, with crystals that drift', () => {
    const boot = fc.record({
      offBeforeMs: fc.integer({ min: 0, max: 40 * 24 * HOUR }),
      ranMs: fc.integer({ min: 1, max: 30 * 24 * HOUR }),
      synced: fc.boolean(),
      driftPpm: fc.integer({ min: -150, max: 150 }),
      epochs: fc.integer({ min: 1, max: 3 }),
      pressAfter: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(boot, { minLength: 1, maxLength: 8 }), (boots) => {
        const known: EpochFacts[] = [];
        const made: { trueAt: number; epoch: string; press: JournalPress }[] = [];
        let wall = FIRST_FIRMWARE;
        for (const [no, { offBeforeMs, ranMs, synced, driftPpm, epochs, pressAfter }] of boots.entries()) {
          const startedAt = wall + offBeforeMs;
          // A synchronised boot's clock is steered; a free-running one counts by its crystal.
          const rate = synced ? 1 : 1 + driftPpm * 1e-6;
          const presses = pressAfter.map((share) => share * ranMs).sort((a, b) => a - b);
          const opened = Array.from({ length: epochs }, (_, index) =>
            facts(`${no}-${index}`, `boot-${no}`, undefined, 0),
          );
          for (const [index, afterMs] of presses.entries()) {
            const epoch = opened[Math.min(epochs - 1, index)] as EpochFacts;
            const bootMs = Math.round(afterMs * rate);
            epoch.lastBootMs = bootMs;
            made.push({ trueAt: startedAt + afterMs, epoch: epoch.epoch, press: press(bootMs) });
          }
          const last = opened.at(-1);
          if (synced && last) last.offsetMs = Math.round(startedAt);
          known.push(...opened);
          wall = startedAt + ranMs;
        }
        for (const { trueAt, epoch, press: each } of made) {
          const resolved = resolveTime(each, epoch, known, FIRST_FIRMWARE);
          const allowed = 'uncertaintyMs' in resolved ? resolved.uncertaintyMs : 2;
          expect(Number.isSafeInteger(resolved.at)).toBe(true);
          expect(Math.abs(resolved.at - trueAt), `${epoch} ${each.bootMs}`).toBeLessThanOrEqual(allowed);
        }
      }),
      { numRuns: 300 },
    );
  });
});
