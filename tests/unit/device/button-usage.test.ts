import {
  type ButtonUsage,
  NO_USAGE,
  SUSPICIOUS_MS,
  SUSPICIOUS_PRESSES,
  suspiciousDetail,
  usedButton,
  workedOn,
} from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

function pressed(usage: ButtonUsage, button: Rating, times: number): ButtonUsage {
  return Array.from({ length: times }).reduce<ButtonUsage>((now) => usedButton(now, button), usage);
}

describe('a button that nobody presses', () => {
  it('is suspicious once the others were pressed often and for long', () => {
    const often = pressed(pressed(pressed(NO_USAGE, 0, 1), 1, 1), 2, SUSPICIOUS_PRESSES - 2);
    expect(suspiciousDetail(workedOn(often, SUSPICIOUS_MS - 1))).toBeUndefined();
    expect(suspiciousDetail(workedOn(often, SUSPICIOUS_MS))).toBe(
      'not pressed for more than two weeks: very-happy (200 presses of the others since)',
    );
  });

  it('is not after a busy day, nor after a quiet year', () => {
    expect(suspiciousDetail(workedOn(pressed(NO_USAGE, 3, 5_000), SUSPICIOUS_MS / 2))).toBeUndefined();
    expect(suspiciousDetail(workedOn(pressed(NO_USAGE, 3, 199), 26 * SUSPICIOUS_MS))).toBeUndefined();
  });

  it('is cleared by one press', () => {
    const suspicious = workedOn(pressed(NO_USAGE, 0, 300), SUSPICIOUS_MS);
    expect(suspiciousDetail(suspicious)).toMatch(/: unhappy .* happy .* very-happy/);
    const used = ([1, 2, 3] as const).reduce<ButtonUsage>((usage, button) => usedButton(usage, button), suspicious);
    expect(suspiciousDetail(used)).toBeUndefined();
  });
});
