import type { PanelDriver } from '@hymio/device';
import type { Rating } from '@hymio/protocol';

/** A panel that the bench pushes and whose light it sees. */
export interface BenchPanel {
  /** A driver for it, with the surroundings that it needs. */
  makeDriver(): PanelDriver;
  /** Pushes a button and lets it go. `atMs`: when, where the panel can tell the time of what it is late with. */
  push(button: Rating, atMs?: number): void;
  /** Left out where an emulator cannot be late: resolves when the button was let go long enough for another push. */
  rested?(button: Rating): Promise<void>;
  /** Called with each push, at the moment in which its contact closes. */
  onPush: (atMs: number) => void;
  /** Called with each change of the light, as its command arrives at the panel. */
  onLight: (on: boolean, atMs: number) => void;
  /** From a contact to its report on the cable, ms, where an emulator stands for the panel: no time of ours. */
  readonly ownMs?: readonly number[];
  stop(): Promise<void>;
}

/** CLOCK_MONOTONIC, ms: the same in every process. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
