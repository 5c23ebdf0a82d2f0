import type { PressesMessage } from '@hymio/protocol';
import type { Ledger } from './ledger.js';

/** A rating that no gateway accepts. */
const POISON = 9;

/** The payload of a batch with its poisoned presses spoilt, as if a bit of each had flipped on the way out. */
export function poison(payload: string, ledger: Ledger): string {
  if (!ledger.hasPoison) return payload;
  const message = JSON.parse(payload) as PressesMessage;
  const presses = message.presses.map((press, index) => {
    const poisoned = ledger.find(message.epoch, message.firstSeq + index)?.poisoned === true;
    return press !== null && poisoned ? { ...press, rating: POISON } : press;
  });
  return JSON.stringify({ ...message, presses });
}
