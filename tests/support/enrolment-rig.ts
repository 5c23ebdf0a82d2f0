import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { EnrolmentDesk, enrolmentAddress, type Identity, openIdentity, type SqliteStore } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { memoryFolder } from './memory-folder.js';

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const clock: Clock = { now: Date.now, monotonic: () => performance.now(), after: () => silent };

/** A listener where terminals enrol, over a store, with the desk at which administrators make codes. Its clock is the real one. */
export class EnrolmentRig {
  readonly identity: Identity;
  readonly desk: EnrolmentDesk;
  readonly #folder: string;

  private constructor(identity: Identity, port: number | undefined, folder: string) {
    this.identity = identity;
    this.#folder = folder;
    this.desk = new EnrolmentDesk({
      identities: identity.identities,
      authority: identity.authority.raw,
      random: randomBytes,
      ...(port !== undefined && { address: enrolmentAddress(['localhost'], port) }),
    });
  }

  /** `listens`: terminals can enrol. */
  static async start(store: SqliteStore, { listens = true } = {}): Promise<EnrolmentRig> {
    const folder = memoryFolder('hymio-enrolment-');
    const listen = listens ? { listen: { host: '127.0.0.1', port: 0 } } : {};
    const config = { names: ['localhost'], graceDays: 30, ...listen };
    const identity = await openIdentity({ config, data: folder, store: store.identity, clock, log });
    return new EnrolmentRig(identity, await identity.server?.start(), folder);
  }

  async stop(): Promise<void> {
    await this.identity.server?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
