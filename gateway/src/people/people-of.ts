import { randomBytes } from 'node:crypto';
import type { Clock } from '@hymio/protocol';
import { readClientSecret } from '../config/client-secret.js';
import { isExposed } from '../config/exposure.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Log } from '../log/log.js';
import type { PeopleStore } from '../store/people-store.js';
import type { Store } from '../store/store.js';
import { DirectoryLogin } from './directory/directory-login.js';
import { Logins } from './logins.js';
import { People } from './people.js';

const HOUR_MS = 3_600_000;

/** The people of a gateway and how they log in, as its configuration wants it. */
export function peopleOf(
  config: Pick<GatewayConfig, 'people' | 'http'>,
  { store, clock, log }: { store: Pick<Store, 'registry'> & { people: PeopleStore }; clock: Clock; log: Log },
): { people: People; logins: Logins; directory?: DirectoryLogin } {
  const { idleHours, absoluteDays, breachedPasswordsFile, oidc } = config.people;
  const { publicUrl } = config.http;
  const limits = { idleMs: idleHours * HOUR_MS, absoluteMs: absoluteDays * 24 * HOUR_MS };
  const basis = { store: store.people, clock, random: randomBytes };
  const people = new People({ ...basis, log, limits, alwaysAsk: oidc !== undefined || isExposed(config) });
  const logins = new Logins({ ...basis, people, breachedPasswordsFile });
  // The configuration has been checked: with a directory there is a public address.
  if (oidc === undefined || publicUrl === undefined) return { people, logins };
  const groups = async () => (await store.registry()).groups.map(({ id }) => id);
  const clientSecret = readClientSecret(oidc, process.env);
  const parts = {
    config: oidc,
    clientSecret,
    publicUrl,
    people,
    groups,
    clock,
    log,
    random: randomBytes,
  };
  return { people, logins, directory: new DirectoryLogin(parts) };
}
