import type { EpochSpan } from '@hymio/protocol';

/**
 * Which epochs the gateway was told of in this connection, and of which it has had its chance since to want presses
 * again: it answers in order, so that an ack proves it to have seen the status before. Only the last one: over those
 * before it the gateway may have died, behind a broker that keeps our connection and, of our statuses, the newest. Without
 * that nothing may be deleted, for the gateway may have been restored from a backup, and be too busy to say so.
 */
export class Claims {
  readonly #told = new Set<string>();
  readonly #heard = new Set<string>();
  #last: readonly EpochSpan[] = [];

  /** A status with these epochs was sent. */
  told(spans: readonly EpochSpan[]): void {
    for (const { epoch } of spans) this.#told.add(epoch);
    this.#last = spans;
  }

  /** An ack came. */
  answered(): void {
    for (const { epoch } of this.#last) this.#heard.add(epoch);
  }

  allTold(spans: readonly EpochSpan[]): boolean {
    return spans.every(({ epoch }) => this.#told.has(epoch));
  }

  allHeard(spans: readonly EpochSpan[]): boolean {
    return spans.every(({ epoch }) => this.#heard.has(epoch));
  }
}
