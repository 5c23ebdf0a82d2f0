import type { DurableFiles, GatewayWire } from '@hymio/device';
import type { EnrolmentAnswer, IdentityStore } from '@hymio/gateway';

/** Ways to put a deliberately broken part in the place of a sound one. */
export interface IdentityTampering {
  files?: (files: DurableFiles) => DurableFiles;
  wire?: (wire: GatewayWire) => GatewayWire;
  store?: (store: IdentityStore) => IdentityStore;
  /** What the gateway answers, given how it would. */
  answering?: (answer: () => Promise<EnrolmentAnswer>) => Promise<EnrolmentAnswer>;
  /** Whether a certificate was revoked, given what the gateway would say. */
  isRevoked?: (sound: boolean) => boolean;
}
