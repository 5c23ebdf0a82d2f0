import type { Clock } from '@hymio/protocol';

/** The terminal's clock: `monotonic()` is CLOCK_BOOTTIME, milliseconds since the kernel booted. */
export interface DeviceClock extends Clock {
  /** The kernel's boot id: monotonic times are comparable only within one. */
  readonly bootId: string;
  /** True where the wall clock is synchronised now. Once true it stays true for the boot. */
  synced(): boolean;
}
