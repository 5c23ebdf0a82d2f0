import type { Cancel } from '@hymio/protocol';
import type { Journal } from '../journal/journal.js';
import type { DeviceClock } from './device-clock.js';
import { timeIsCertain } from './resolve-time.js';

/** Connected time per boot that presses of uncertain time wait for the clock before they go as estimated. */
export const SYNC_WAIT_MS = 10 * 60_000;
const POLL_MS = 1_000;
/** The time waited so far is written down this often, so that a restart does not wait anew. */
const NOTE_EVERY_MS = 60_000;

/**
 * Watches for the moment the wall clock is synchronised, writes the boot's offset into the journal, and decides
 * whether presses of an epoch may go yet.
 */
export class SyncWatch {
  readonly #clock: DeviceClock;
  readonly #journal: Journal;
  readonly #onChange: () => void;
  readonly #onFault: (error: unknown) => void;
  #cancel: Cancel | undefined;
  #notedEpoch: string | undefined;
  #connectedSince: number | undefined;
  #waitedMs = 0;
  #notedWaitedMs = 0;

  /** `onChange`: the clock was synchronised, or the waiting is over. `onFault`: a note did not reach the disk. */
  constructor(clock: DeviceClock, journal: Journal, onChange: () => void, onFault: (error: unknown) => void) {
    this.#clock = clock;
    this.#journal = journal;
    this.#onChange = onChange;
    this.#onFault = onFault;
  }

  start(): void {
    const { bootId } = this.#clock;
    const facts = this.#journal.facts().filter((each) => each.bootId === bootId);
    this.#waitedMs = facts.reduce((sum, each) => sum + each.waitedMs, 0);
    this.#notedWaitedMs = this.#waitedMs;
    this.#poll();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.setConnected(false);
  }

  /** True where the wall clock is synchronised; notes the offset of an epoch at first sight. */
  synced(): boolean {
    if (!this.#clock.synced()) return false;
    if (this.#notedEpoch !== this.#journal.epoch) {
      this.#notedEpoch = this.#journal.epoch;
      this.#tryNote(() => this.#journal.noteOffset(this.#clock.now() - this.#clock.monotonic()));
      this.#onChange();
    }
    return true;
  }

  setConnected(connected: boolean): void {
    this.#count();
    this.#connectedSince = connected ? this.#clock.monotonic() : undefined;
    if (!connected) this.#note();
  }

  /** All that can be known of the times of this epoch is known, or we have waited long enough. */
  ready(epoch: string): boolean {
    return (
      this.#notedEpoch !== undefined || this.#waitedMs >= SYNC_WAIT_MS || timeIsCertain(epoch, this.#journal.facts())
    );
  }

  #poll(): void {
    if (this.synced()) return;
    const waitedBefore = this.#waitedMs;
    this.#count();
    if (this.#waitedMs - this.#notedWaitedMs >= NOTE_EVERY_MS) this.#note();
    if (waitedBefore < SYNC_WAIT_MS && this.#waitedMs >= SYNC_WAIT_MS) this.#onChange();
    this.#cancel = this.#clock.after(POLL_MS, () => this.#poll());
  }

  #count(): void {
    if (this.#connectedSince === undefined || this.#notedEpoch !== undefined) return;
    const now = this.#clock.monotonic();
    this.#waitedMs += now - this.#connectedSince;
    this.#connectedSince = now;
  }

  #note(): void {
    if (this.#waitedMs === this.#notedWaitedMs) return;
    const { bootId } = this.#clock;
    const earlier = this.#journal
      .facts()
      .filter((each) => each.bootId === bootId && each.epoch !== this.#journal.epoch)
      .reduce((sum, each) => sum + each.waitedMs, 0);
    this.#tryNote(() => this.#journal.noteWaited(Math.max(0, this.#waitedMs - earlier)));
    this.#notedWaitedMs = this.#waitedMs;
  }

  /** The journal remembers it in any case; on a full disk only the next start will not know. */
  #tryNote(note: () => void): void {
    try {
      note();
    } catch (error) {
      this.#onFault(error);
    }
  }
}
