import { type EpochSpan, MAX_STATUS_EPOCHS } from '@hymio/protocol';

/**
 * The epochs that the status number `turn` (from 0) lists, oldest first: all, or so many as one status can hold, a
 * stretch further each time. A restored gateway rewinds what a status claims, so each must be claimed sometime. A
 * shortened list is always full: that is how the gateway knows that others are left out.
 */
export function listedSpans(spans: readonly EpochSpan[], turn: number): EpochSpan[] {
  const stretches = Math.max(1, Math.ceil(spans.length / MAX_STATUS_EPOCHS));
  const first = Math.min((turn % stretches) * MAX_STATUS_EPOCHS, Math.max(0, spans.length - MAX_STATUS_EPOCHS));
  return spans.slice(first, first + MAX_STATUS_EPOCHS);
}
