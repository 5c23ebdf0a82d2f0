import { randomBytes } from 'node:crypto';
import type { Clock } from '@hymio/protocol';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Log } from '../log/log.js';
import type { PeopleStore } from '../store/people-store.js';
import { People } from './people.js';

const HOUR_MS = 3_600_000;

/** The people of a gateway, as its configuration wants it. */
export function peopleOf(
  { people: { idleHours, absoluteDays } }: Pick<GatewayConfig, 'people'>,
  { store, clock, log }: { store: { people: PeopleStore }; clock: Clock; log: Log },
): People {
  const limits = { idleMs: idleHours * HOUR_MS, absoluteMs: absoluteDays * 24 * HOUR_MS };
  return new People({ store: store.people, clock, log, limits, random: randomBytes });
}
