import type { StatusMessage } from '@hymio/protocol';
import { EARLIEST_PRESS_MS } from '../ingest/press-time.js';

/**
 * When a status was made, UTC ms: its receipt, or for a retained one, which may have lain at the broker for long, what
 * it says of itself as far as that can be; the status already held keeps its time.
 */
export function statusTime(
  held: { newestStatus?: Pick<StatusMessage, 'epoch' | 'uptimeMs'> | undefined; statusAt?: number | undefined },
  message: StatusMessage,
  receivedAt: number,
  retained: boolean,
): number {
  if (!retained) return receivedAt;
  const { newestStatus, statusAt } = held;
  const same = newestStatus?.epoch === message.epoch && newestStatus.uptimeMs === message.uptimeMs;
  if (same && statusAt !== undefined) return statusAt;
  if (message.sentAt < EARLIEST_PRESS_MS) return statusAt ?? receivedAt;
  return Math.min(receivedAt, Math.max(message.sentAt, statusAt ?? message.sentAt));
}
