import { MemoryStore, type RegistryFile, registryFileSchema, type Store } from '@hymio/gateway';
import type { PressEntry, Rating, StatusMessage } from '@hymio/protocol';

const HOUR_MS = 3_600_000;
export const SAMPLE_ZONE = 'Europe/Helsinki';
/** Friday 20 November 2026, 14:05 in Helsinki: week 47. */
export const SAMPLE_NOW = Date.parse('2026-11-20T12:05:00Z');

const SAMPLE_REGISTRY: RegistryFile = registryFileSchema.parse({
  groups: [
    { id: 'city', name: { fi: 'Kaupunki', sv: 'Staden', en: 'City' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveyspalvelut', sv: 'Hälsovård', en: 'Health' } },
    { id: 'social', parent: 'city', name: { fi: 'Sosiaalipalvelut', sv: 'Socialvård', en: 'Social services' } },
  ],
  servicePoints: [
    {
      id: 'kallio-clinic',
      group: 'health',
      name: { fi: 'Kallion terveysasema', sv: 'Berghälls hälsostation', en: 'Kallio health station' },
      openingHours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['08:00-16:00']])),
    },
    {
      id: 'itakeskus-centre',
      group: 'health',
      name: {
        fi: 'Itäkeskuksen terveys- ja hyvinvointikeskuksen suun terveydenhuollon ilmoittautuminen',
        sv: 'Östra centrums hälso- och välfärdscentral, munhälsovårdens anmälning',
        en: 'Itäkeskus health and wellbeing centre, dental reception',
      },
      openingHours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['07:45-15:30']])),
    },
    { id: 'malmi-office', group: 'social', name: { fi: 'Malmin palvelutoimisto', en: 'Malmi office' } },
    { id: 'quiet-library', group: 'city', name: { fi: '=HYPERLINK("x")', en: 'Quiet library <b>' } },
  ],
  questions: [
    { id: 'visit', text: { fi: 'Millainen käynti oli?', sv: 'Hur var besöket?', en: 'How was your visit?' } },
  ],
  terminals: [
    { id: 'kallio-1', name: 'Aula' },
    { id: 'kallio-2' },
    { id: 'itakeskus-1' },
    { id: 'malmi-1' },
    { id: 'library-1' },
    { id: 'never-1', name: 'Varastossa' },
  ],
  assignments: [
    ['kallio-1', 'kallio-clinic'],
    ['kallio-2', 'kallio-clinic'],
    ['itakeskus-1', 'itakeskus-centre'],
    ['malmi-1', 'malmi-office'],
    ['library-1', 'quiet-library'],
  ].map(([terminal, servicePoint]) => ({ terminal, servicePoint, question: 'visit', from: '2026-01-01T00:00:00Z' })),
});

/** The epoch of the nth sample terminal. */
export function sampleEpoch(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A status as a terminal would send it at `sentAt`, having worked for `uptimeMs`. */
export function sampleStatus(
  epoch: string,
  sentAt: number,
  uptimeMs: number,
  more: Partial<StatusMessage> = {},
): StatusMessage {
  const usual = { firmware: '0.1.0', pending: 0, clock: 'synced' as const, faults: [], hardware: {}, epochs: [] };
  return { ...usual, sentAt, epoch, uptimeMs, ...more };
}

/** Brings presses of one epoch into the store, in batches; `firstSeq` of the first of them. */
export async function commitPresses(
  store: Store,
  terminal: string,
  epoch: string,
  presses: readonly PressEntry[],
  { firstSeq = 1, receivedAt = SAMPLE_NOW - 1_000, oldestSeq = 1 } = {},
): Promise<void> {
  for (let done = 0; done < presses.length; done += 500) {
    const batch = presses.slice(done, done + 500);
    const message = { epoch, firstSeq: firstSeq + done, oldestSeq, presses: batch };
    await store.commit([{ kind: 'presses', terminal, receivedAt, message }]);
  }
}

/** A press per `everyMs` while the place is open in weeks 46 and 47; unhappy around three in the afternoon. */
function visits(everyMs: number, share: number, now: number): PressEntry[] {
  const presses: PressEntry[] = [];
  let turn = 0;
  for (let day = Date.parse('2026-11-09T00:00:00Z'); day < now; day += 24 * HOUR_MS) {
    if ([0, 6].includes(new Date(day).getUTCDay())) continue;
    for (let at = day + 6 * HOUR_MS; at < Math.min(now - 5_000, day + 14 * HOUR_MS); at += everyMs) {
      turn = (turn * 16_807 + 12_345) % 2_147_483_647;
      const luck = turn / 2_147_483_647;
      const good = new Date(at).getUTCHours() === 13 ? share / 2 : share;
      const rating: Rating = luck < good * 0.7 ? 3 : luck < good ? 2 : luck < good + (1 - good) / 2 ? 1 : 0;
      presses.push({ at, rating, clock: 'synced' });
    }
  }
  return presses;
}

/** The sample in memory. */
export async function sampleStore(now = SAMPLE_NOW): Promise<MemoryStore> {
  const store = new MemoryStore({ now: () => now });
  await fillWithSample(store, now);
  return store;
}

/**
 * Two weeks at four service points: two terminals that work, one with a fault, one offline since noon with presses
 * lost, one quiet, one never seen, one that nobody has assigned.
 */
export async function fillWithSample(store: Store, now = SAMPLE_NOW): Promise<void> {
  await store.importRegistry(SAMPLE_REGISTRY);
  const places: [string, number, number, number][] = [
    ['kallio-1', 17 * 60_000, 0.88, 12 * 24],
    ['kallio-2', 41 * 60_000, 0.85, 12 * 24],
    ['itakeskus-1', 23 * 60_000, 0.7, 60],
    ['malmi-1', 9 * HOUR_MS, 0.6, 12 * 24],
    ['visitor-1', 26 * HOUR_MS, 0.9, 48],
  ];
  for (const [index, [terminal, everyMs, share, workedHours]] of places.entries()) {
    const epoch = sampleEpoch(index);
    const presses = visits(everyMs, share, now);
    await commitPresses(store, terminal, epoch, presses);
    const faults =
      terminal === 'itakeskus-1' ? [{ code: 'button-stuck', since: now - 2 * HOUR_MS, detail: 'button 3' }] : [];
    const pending = terminal === 'kallio-2' ? 3 : 0;
    const status = sampleStatus(epoch, now - 20_000, workedHours * HOUR_MS, { faults, pending });
    await store.commit([
      { kind: 'availability', terminal, receivedAt: now - 21_000, retained: false, availability: 'online' },
      { kind: 'status', terminal, receivedAt: now - 20_000, retained: false, message: status },
    ]);
  }
  await addTroubles(store, now);
}

async function addTroubles(store: Store, now: number): Promise<void> {
  const at = now - 2 * HOUR_MS;
  const repeated: PressEntry[] = [3, 2, 0].map((rating, index) => ({
    at: at + index * 1_000,
    rating: rating as Rating,
    clock: 'estimated',
    uncertaintyMs: 60_000,
  }));
  const epoch = sampleEpoch(50);
  await commitPresses(store, 'library-1', epoch, repeated, { firstSeq: 8, oldestSeq: 8, receivedAt: at + 5_000 });
  const status = sampleStatus(epoch, at + 6_000, 26 * HOUR_MS);
  await store.commit([
    { kind: 'status', terminal: 'library-1', receivedAt: at + 6_000, retained: false, message: status },
    { kind: 'availability', terminal: 'library-1', receivedAt: at + 9_000, retained: false, availability: 'offline' },
  ]);
}
