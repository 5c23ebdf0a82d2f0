import { planFaults } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const DAY_MS = 86_400_000;
const span = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1) + 200 * DAY_MS };

describe('a plan of faults', () => {
  it('is the same for the same seed and name, another for others, empty for none', () => {
    const plan = planFaults('many', 3, 'sim-1', span);
    expect(planFaults('many', 3, 'sim-1', span)).toEqual(plan);
    expect(planFaults('many', 4, 'sim-1', span)).not.toEqual(plan);
    expect(planFaults('many', 3, 'sim-2', span)).not.toEqual(plan);
    expect(planFaults('none', 3, 'sim-1', span)).toEqual([]);
  });

  it('has every kind, in order of time, within the span, more of it for many than for some', () => {
    const plan = planFaults('many', 3, 'sim-1', span);
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['offline', 'kill', 'reboot']));
    expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).sort((a, b) => a - b));
    expect(plan.every(({ at }) => at >= span.from && at < span.to)).toBe(true);
    expect(planFaults('some', 3, 'sim-1', span).length).toBeLessThan(plan.length / 2);
  });

  it('has boots that never learn the time, clocks in 1970, clocks that jump, and offline spans of more than a day', () => {
    const plan = planFaults('many', 3, 'sim-1', span);
    const reboots = plan.flatMap((fault) => (fault.kind === 'reboot' ? [fault] : []));
    expect(reboots.some(({ syncsAt }) => syncsAt === Number.POSITIVE_INFINITY)).toBe(true);
    expect(reboots.some(({ syncsAt }) => Number.isFinite(syncsAt))).toBe(true);
    expect(reboots.some(({ upAt, wallErrors }) => wallErrors[0]?.errorMs === -upAt)).toBe(true);
    expect(reboots.some(({ wallErrors }) => wallErrors.length > 1)).toBe(true);
    expect(reboots.every(({ at, upAt, syncsAt }) => at < upAt && upAt < syncsAt)).toBe(true);
    expect(plan.some((fault) => fault.kind === 'offline' && fault.until - fault.at > DAY_MS)).toBe(true);
  });
});
