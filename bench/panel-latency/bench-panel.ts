import type { PanelDriver } from '@hymio/device';

/** A panel that the bench pushes and whose light it sees. */
export interface BenchPanel {
  /** A driver for it, with the surroundings that it needs. */
  makeDriver(): PanelDriver;
  push(): void;
  /** Called with each change of the light, as it arrives at the panel. */
  onLight: (on: boolean) => void;
  stop(): Promise<void>;
}
