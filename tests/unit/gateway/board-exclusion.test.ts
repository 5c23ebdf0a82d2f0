import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Administration,
  Board,
  type BoardChange,
  LiveEvents,
  openSqliteStore,
  registryFileSchema,
  type SqliteStore,
} from '@hymio/gateway';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, sampleEpoch } from '../../support/sample-store.js';

const BY = { who: 'test', at: SAMPLE_NOW };
const REQUEST = {
  target: { kind: 'terminal', id: 't-1' },
  from: SAMPLE_NOW - 60_000,
  to: SAMPLE_NOW,
  reason: 'cleaner',
} as const;

let folder: string;
let store: SqliteStore;
let board: Board;
let administration: Administration;
const events = new LiveEvents();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hymio-board-'));
  store = await openSqliteStore({ folder, reads: 'in-thread', now: () => SAMPLE_NOW });
  await store.importRegistry(
    registryFileSchema.parse({
      groups: [{ id: 'g', name: { fi: 'G' } }],
      servicePoints: [{ id: 'p', group: 'g', name: { fi: 'P' } }],
      terminals: [{ id: 't-1' }],
      assignments: [{ terminal: 't-1', servicePoint: 'p', from: '2026-01-01T00:00:00Z' }],
    }),
  );
  await commitPresses(store, 't-1', sampleEpoch(1), [{ at: SAMPLE_NOW - 30_000, rating: 3, clock: 'synced' }]);
  administration = new Administration({ store, live: events, link: { forget: () => true } });
  // Time stands still: nothing is read anew for its age.
  const clock = { now: () => SAMPLE_NOW, monotonic: () => 0, after: () => () => undefined };
  board = new Board({ store, clock, zone: 'UTC', events, onError: (error) => expect.fail(String(error)) });
  board.start();
});
afterEach(async () => {
  board.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

it('whoever has left presses out of the numbers, or brought them back, sees it at the next look', async () => {
  expect((await board.look()).today).toMatchObject({ ratings: [0, 0, 0, 1], excluded: 0 });
  const { exclusion } = await administration.exclude(REQUEST, BY);
  expect((await board.look()).todayAt('p')).toMatchObject({ ratings: [0, 0, 0, 0], excluded: 1 });
  await administration.revokeExclusion(exclusion.id, BY);
  expect((await board.look()).today).toMatchObject({ ratings: [0, 0, 0, 1], excluded: 0 });
});

it('all pages may be otherwise once presses are left out, for some show other days than today', async () => {
  const told: BoardChange['kind'][] = [];
  events.subscribe((event) => {
    if (event.kind === 'board') told.push(event.change.kind);
  });
  board.subscribe(() => undefined);
  await board.look();
  await administration.exclude({ ...REQUEST, from: SAMPLE_NOW - 864e5, to: SAMPLE_NOW - 432e5 }, BY);
  await board.look();
  expect(told).toEqual(['all', 'all']);
});
