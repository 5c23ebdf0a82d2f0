import { isPossibleTime } from '@hymio/gateway';
import { expect, it } from 'vitest';

const RECEIVED_AT = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

it.each([
  ['the moment of receipt', RECEIVED_AT, true],
  ['the first moment of 2020', Date.UTC(2020, 0, 1), true],
  ['a millisecond before 2020', Date.UTC(2020, 0, 1) - 1, false],
  ['a day after receipt', RECEIVED_AT + DAY_MS, true],
  ['more than a day after receipt', RECEIVED_AT + DAY_MS + 1, false],
])('%s is possible for a press: %j → %s', (_name, at, possible) => {
  expect(isPossibleTime(at, RECEIVED_AT)).toBe(possible);
});
