import { rm } from 'node:fs/promises';
import { openSqliteStore, readReportInput, registryFileSchema, weeklyReport } from '@hymio/gateway';
import { expect, it } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';

const ZONE = 'Europe/Helsinki';
/** A Friday of 2026-W47. */
const T = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const REGISTRY = registryFileSchema.parse({
  groups: [{ id: 'city', name: { fi: 'Kaupunki' } }],
  servicePoints: ['kallio', 'malmi'].map((id) => ({ id, group: 'city', name: { fi: id } })),
  terminals: [{ id: 'kallio-1' }, { id: 'malmi-1' }, { id: 'stray-1' }],
  assignments: ['kallio', 'malmi'].map((servicePoint) => {
    return { terminal: `${servicePoint}-1`, servicePoint, from: '2026-01-01T00:00:00Z' };
  }),
});

it('a report says which terminals of its scope and week sent what no panel can send', async () => {
  const folder = memoryFolder('hymio-report-suspects-');
  const store = await openSqliteStore({ folder, reads: 'in-thread', now: () => T + HOUR });
  try {
    await store.importRegistry(REGISTRY);
    const send = (terminal: string, epoch: number, count: number, at: number) => {
      const presses = Array.from({ length: count }, () => ({ at, rating: 3, clock: 'synced' }) as const);
      const message = { epoch: `00000000-0000-4000-8000-00000000000${epoch}`, firstSeq: 1, oldestSeq: 1, presses };
      return store.commit([{ kind: 'presses', terminal, receivedAt: T + HOUR, message }]);
    };
    await send('kallio-1', 1, 60, T);
    await send('kallio-1', 2, 2, T + 400 * 24 * HOUR);
    await send('malmi-1', 3, 50, T);
    await send('stray-1', 4, 55, T);
    const suspects = async (week: string, servicePoint?: string) => {
      const wanted = { week, ...(servicePoint !== undefined && { servicePoint }) };
      const report = weeklyReport(await readReportInput(store, wanted, { zone: ZONE, now: T + HOUR }));
      return report.suspects.map(({ terminal, why, presses }) => `${terminal} ${why} ${presses}`);
    };
    expect(await suspects('2026-W47')).toEqual(['kallio-1 pace 10', 'stray-1 pace 5', 'kallio-1 ahead 2']);
    expect(await suspects('2026-W47', 'kallio')).toEqual(['kallio-1 pace 10', 'kallio-1 ahead 2']);
    expect(await suspects('2026-W47', 'malmi')).toEqual([]);
    expect(await suspects('2026-W46')).toEqual([]);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
