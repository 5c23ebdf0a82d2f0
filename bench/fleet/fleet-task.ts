import type { OpeningHours } from '@hymio/simulator';

/** What a process of the fleet is to do. */
export interface FleetTask {
  /** Of the broker. */
  port: number;
  /** Its terminals: `count` of them from number `first` on. */
  first: number;
  count: number;
  /** For the data folders of its terminals. */
  folder: string;
  seed: number;
  /** Visitors come as from here on (UTC ms), `factor` times faster. */
  simulatedFrom: number;
  factor: number;
  visits: { zone: string; visitsPerWeek: number; openingHours: OpeningHours };
}

export function terminalId(index: number): string {
  return `fleet-${String(index).padStart(5, '0')}`;
}
