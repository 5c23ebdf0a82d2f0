import type { Random } from '@hymio/protocol';
import type { Episodes } from './episodes.js';
import type { FaultKind } from './fault-kinds.js';
import { GATEWAY_FAULTS } from './faults/gateway-faults.js';
import { JOURNAL_FAULTS } from './faults/journal-faults.js';
import { MACHINE_FAULTS } from './faults/machine-faults.js';
import { NETWORK_FAULTS } from './faults/network-faults.js';
import { sendRogue } from './faults/rogue.js';
import type { World } from './world.js';

/** What a fault may use. */
export interface FaultContext {
  world: World;
  random: Random;
  episodes: Episodes;
}

/** Begins a fault and says to whom; undefined where there is nothing that it could happen to now. */
export type BeginFault = (context: FaultContext) => string | undefined;

/** Every kind of fault, by name. */
export const FAULT_TABLE: Readonly<Record<FaultKind, BeginFault>> = {
  ...MACHINE_FAULTS,
  ...NETWORK_FAULTS,
  ...GATEWAY_FAULTS,
  ...JOURNAL_FAULTS,
  rogue: sendRogue,
};
