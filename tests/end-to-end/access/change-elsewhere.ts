import type { SqliteStore } from '@hymio/gateway';
import { commitPresses, SAMPLE_NOW, sampleEpoch } from '../../support/sample-store.js';

const HOUR_MS = 3_600_000;

/** Presses, an alert, an exclusion, a note, names: everything that may change without the group's doing. */
export async function changeElsewhere(store: SqliteStore): Promise<void> {
  const by = { who: 'Elsewhere', at: SAMPLE_NOW };
  const presses = Array.from({ length: 60 }, (_, turn) => ({
    at: SAMPLE_NOW - 40 * HOUR_MS + turn * 600_000,
    rating: (turn % 2) as 0 | 1,
    clock: 'synced' as const,
  }));
  await commitPresses(store, 'malmi-1', sampleEpoch(70), presses);
  await commitPresses(store, 'visitor-1', sampleEpoch(71), presses.slice(0, 20));
  const target = { kind: 'service-point', id: 'malmi-office' } as const;
  await store.exclude({ target, from: SAMPLE_NOW - HOUR_MS, to: SAMPLE_NOW, reason: 'vandalism', note: 'x' }, by);
  await store.putStaffNote(
    { servicePoint: 'malmi-office', kind: 'changed', from: SAMPLE_NOW - HOUR_MS, text: { fi: 'Muualla' } },
    by,
  );
  const { alert } = (await store.alerts.alert(2)) ?? {};
  if (alert === undefined) throw new Error('the sample has no alert elsewhere');
  await store.alerts.record({
    alert: { ...alert, state: { kind: 'acknowledged' } },
    entry: { at: SAMPLE_NOW, kind: 'acknowledged', by: 'Elsewhere' },
    notices: [],
  });
}
