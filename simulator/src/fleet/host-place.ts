import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../random/seeded-random.js';
import type { Disturbance } from './disturbed-transport.js';
import { fileLog } from './file-log.js';
import type { MachineParts } from './firmware-machine.js';

/** What makes a simulated terminal, in a form that can be sent to another process. */
export interface HostPlace {
  terminal: string;
  /** Data folder of the firmware; its log lies beside the journal. */
  folder: string;
  brokerUrl: string;
  seed: number;
  builtAt: number;
  networkFactor: number;
  disturbance: Disturbance;
}

/** The parts of the machine at this place; makes the folder. */
export function machineParts({ seed, ...place }: HostPlace): Omit<MachineParts, 'world'> {
  mkdirSync(place.folder, { recursive: true });
  return {
    ...place,
    random: seededRandom(seed, place.terminal, 'firmware'),
    log: fileLog(join(place.folder, 'firmware.log'), place.terminal),
  };
}
