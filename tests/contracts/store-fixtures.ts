import {
  type Arrival,
  type AvailabilityArrival,
  BUCKET_MS,
  type RegistryFile,
  type RollupCell,
  registryFileSchema,
  type StatusArrival,
  type Store,
  type StoredPress,
} from '@hymio/gateway';
import type { PressEntry, Rating, StatusMessage, WirePress } from '@hymio/protocol';

/** A quarter of an hour begins here: Friday 2026-11-20 12:00 UTC. */
export const T = Date.UTC(2026, 10, 20, 12);
export const S = 1_000;
export const MINUTE = 60 * S;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const epochId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const E1 = epochId(1);
export const E2 = epochId(2);

export const press = (at: number, rating: Rating = 3): WirePress => ({ at, rating, clock: 'synced' });

interface BatchOptions {
  terminal?: string;
  epoch?: string;
  firstSeq?: number;
  oldestSeq?: number;
  receivedAt?: number;
}
export function batch(presses: PressEntry[], options: BatchOptions = {}): Arrival {
  const { terminal = 'kallio-1', epoch = E1, firstSeq = 1, oldestSeq = 1, receivedAt = T + HOUR } = options;
  return { kind: 'presses', terminal, receivedAt, message: { epoch, firstSeq, oldestSeq, presses } };
}

interface StatusOptions extends Partial<StatusMessage> {
  terminal?: string;
  receivedAt?: number;
  retained?: boolean;
}
export function status(options: StatusOptions = {}): StatusArrival {
  const { terminal = 'kallio-1', receivedAt = T, retained = false, ...rest } = options;
  const message: StatusMessage = {
    sentAt: receivedAt,
    firmware: '1.0.0',
    epoch: E1,
    epochs: [],
    pending: 0,
    clock: 'synced',
    uptimeMs: 0,
    faults: [],
    hardware: {},
    ...rest,
  };
  return { kind: 'status', terminal, receivedAt, retained, message };
}
export const span = (epoch: string, lastSeq: number, ackedSeq = 0) => ({ epoch, oldestSeq: 1, lastSeq, ackedSeq });

export function availability(value: 'online' | 'offline', receivedAt = T, retained = false): AvailabilityArrival {
  return { kind: 'availability', terminal: 'kallio-1', receivedAt, retained, availability: value };
}

/** A registry file as the YAML reader gives it. */
export function registryFile(file: object): RegistryFile {
  return registryFileSchema.parse(file);
}
export const iso = (at: number) => new Date(at).toISOString();

/** Two service points of one group, the second with a long repeat window. */
export const PLACES = {
  groups: [{ id: 'helsinki', name: { fi: 'Helsinki' } }],
  servicePoints: [
    { id: 'kallio', group: 'helsinki', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 },
    { id: 'malmi', group: 'helsinki', name: { fi: 'Malmi' }, repeatWindowMs: 60_000 },
  ],
  questions: [{ id: 'service', text: { fi: 'Miten palvelu sujui?', sv: 'Hur gick det?', en: 'How was the service?' } }],
};

export async function allPresses(store: Store): Promise<StoredPress[]> {
  return (await store.presses({ limit: 1_000_000 })).presses;
}

/** Every rollup there is, bucket by bucket. */
export async function allRollups(store: Store): Promise<RollupCell[]> {
  const from = await store.firstBucket();
  if (from === undefined) return [];
  return store.rollups({
    from,
    to: T + 10_000 * DAY,
    step: { stepMs: BUCKET_MS, offsetMs: 0 },
    by: 'terminalAndServicePoint',
  });
}

/** [seq, repeat] in order of arrival. */
export async function marks(store: Store): Promise<[number, boolean][]> {
  return (await allPresses(store)).map(({ seq, repeat }) => [seq, repeat]);
}
