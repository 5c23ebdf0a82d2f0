import { UNKNOWN_UNCERTAINTY_MS } from './press-entry.js';
import { EPOCH_PATTERN, MAX_BATCH, type PressesMessage } from './presses-message.js';
import { isRating } from './rating.js';

/**
 * Whether a decoded value is a message of presses as it stands: then `pressesMessageSchema` says so too, field by field
 * (fields it does not know may be left over). False says nothing: the schema decides, and finds the words. Nearly all of
 * a gateway's work comes through here, and this makes no copy of it.
 */
export function isPlainPressesMessage(value: unknown): value is PressesMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { epoch, firstSeq, oldestSeq, presses } = value as Record<string, unknown>;
  return (
    typeof epoch === 'string' &&
    EPOCH_PATTERN.test(epoch) &&
    isSeq(firstSeq) &&
    isSeq(oldestSeq) &&
    oldestSeq <= firstSeq &&
    Array.isArray(presses) &&
    presses.length >= 1 &&
    presses.length <= MAX_BATCH &&
    presses.every(isPlainEntry)
  );
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isPlainEntry(entry: unknown): boolean {
  if (entry === null) return true;
  if (typeof entry !== 'object') return false;
  const { at, rating, clock, uncertaintyMs } = entry as Record<string, unknown>;
  if (!Number.isSafeInteger(at) || !isRating(rating)) return false;
  if (clock === 'synced' || clock === 'corrected') return true;
  return (
    clock === 'estimated' &&
    Number.isSafeInteger(uncertaintyMs) &&
    (uncertaintyMs as number) >= 0 &&
    (uncertaintyMs as number) <= UNKNOWN_UNCERTAINTY_MS
  );
}
