import type { StatusMessage } from '@hymio/protocol';
import { MAX_STATUS_EPOCHS } from '@hymio/protocol/plain';

/**
 * Presses that a terminal holds and the store lacks: what the newest status listed, less what has come since.
 * `markOf`: the store's mark of an epoch. Where the list is empty or cut, or an epoch is unknown here, what the status says.
 */
export function pendingPresses(status: StatusMessage, markOf: (epoch: string) => number | undefined): number {
  const { epochs, pending } = status;
  if (epochs.length === 0 || epochs.length >= MAX_STATUS_EPOCHS) return pending;
  let sum = 0;
  for (const { epoch, oldestSeq, lastSeq } of epochs) {
    const mark = markOf(epoch);
    if (mark === undefined) return pending;
    sum += Math.max(0, lastSeq - Math.max(mark, oldestSeq - 1));
  }
  return sum;
}
