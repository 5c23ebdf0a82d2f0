import { randomBytes } from 'node:crypto';
import type { Clock } from '@hymio/protocol';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Log } from '../log/log.js';
import type { PeopleStore } from '../store/people-store.js';
import { Logins } from './logins.js';
import { People } from './people.js';

const HOUR_MS = 3_600_000;

/** The people of a gateway and how they log in, as its configuration wants it. */
export function peopleOf(
  { people: { idleHours, absoluteDays, breachedPasswordsFile } }: Pick<GatewayConfig, 'people'>,
  { store, clock, log }: { store: { people: PeopleStore }; clock: Clock; log: Log },
): { people: People; logins: Logins } {
  const limits = { idleMs: idleHours * HOUR_MS, absoluteMs: absoluteDays * 24 * HOUR_MS };
  const basis = { store: store.people, clock, random: randomBytes };
  const people = new People({ ...basis, log, limits });
  return { people, logins: new Logins({ ...basis, people, breachedPasswordsFile }) };
}
