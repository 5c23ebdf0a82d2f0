import { randomBytes } from 'node:crypto';
import { DirectoryLogin, directorySchema, Logins, People } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { SampleSite } from './sample-site.js';
import { freePort } from './test-bench.js';
import { CLIENT } from './test-directory.js';

const HOUR_MS = 3_600_000;

/** What the gateway's operator wrote, but for the address. */
const OIDC = {
  clientId: CLIENT.clientId,
  scopes: ['openid', 'profile', 'groups'],
  name: { fi: 'Kaupungin tunnus', sv: 'Stadens konto', en: 'City account' },
  roles: {
    claim: 'groups',
    map: {
      'hymio-admin': { role: 'admin' },
      'hymio-health': { role: 'staff', groups: ['health'] },
      'hymio-viewer': { role: 'viewer' },
      'hymio-gone': { role: 'staff', groups: ['no-such-group'] },
    },
  },
};

/** A gateway over the sample in which one logs in by a directory. */
export class DirectorySite {
  readonly site: SampleSite;
  readonly people: People;
  readonly origin: string;
  /** What was warned of. */
  readonly warnings: { code: string; error?: unknown }[];

  private constructor(parts: Pick<DirectorySite, 'site' | 'people' | 'origin' | 'warnings'>) {
    this.site = parts.site;
    this.people = parts.people;
    this.origin = parts.origin;
    this.warnings = parts.warnings;
  }

  /** An origin on a port that is free now. */
  static async freeOrigin(): Promise<string> {
    return `http://127.0.0.1:${await freePort()}`;
  }

  /** `more`: other settings of people.oidc; `now`: UTC ms, of the logins. */
  static async start(
    origin: string,
    issuer: string,
    more: Record<string, unknown> = {},
    now?: () => number,
  ): Promise<DirectorySite> {
    const warnings: DirectorySite['warnings'] = [];
    const config = directorySchema.parse({ ...OIDC, issuer, ...more });
    let people: People | undefined;
    const site = await SampleSite.start(async (store, sampleClock) => {
      const clock: Clock = { ...sampleClock, now: now ?? sampleClock.now };
      const basis = { store: store.people, clock, random: randomBytes };
      const limits = { idleMs: 12 * HOUR_MS, absoluteMs: 7 * 24 * HOUR_MS };
      people = new People({ ...basis, limits, alwaysAsk: true, log: { error: () => undefined } });
      await people.start();
      const directory = new DirectoryLogin({
        ...{ config, people, clock, random: randomBytes, clientSecret: CLIENT.clientSecret, publicUrl: origin },
        groups: async () => (await store.registry()).groups.map(({ id }) => id),
        log: { warn: (_, fields) => warnings.push(fields) },
      });
      const listen = { host: '127.0.0.1', port: Number(new URL(origin).port) };
      return { people, logins: new Logins({ ...basis, people }), directory, listen, publicUrl: origin };
    });
    if (people === undefined) throw new Error('the site asked for no people');
    return new DirectorySite({ site, people, origin, warnings });
  }

  async stop(): Promise<void> {
    this.people.stop();
    await this.site.stop();
  }

  /** Lines of the log of changes, oldest first. */
  async changes(): Promise<{ who: string; what: string; subject: string; after: unknown }[]> {
    const entries = await this.site.store.registryLog({ limit: 100 });
    return entries.map(({ who, what, subject, after }) => ({ who, what, subject: subject.id, after })).reverse();
  }
}
