import { Board, boardChange, LiveEvents, type MemoryStore, type Snapshot } from '@hymio/gateway';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  commitPresses,
  SAMPLE_NOW,
  SAMPLE_ZONE,
  sampleEpoch,
  sampleStatus,
  sampleStore,
} from '../../support/sample-store.js';
import { FakeClock } from '../device/fake-clock.js';

let store: MemoryStore;
let board: Board;
let before: Snapshot;

beforeEach(async () => {
  store = await sampleStore();
  const registry = await store.registry();
  store.registry = async () => registry;
  const clock = new FakeClock({ offsetMs: SAMPLE_NOW });
  const onError = (error: unknown) => {
    throw error;
  };
  board = new Board({ store, clock, zone: SAMPLE_ZONE, events: new LiveEvents(), onError });
  before = await board.lookAfresh();
});

async function changed() {
  const change = boardChange(before, await board.lookAfresh());
  return change.kind === 'all'
    ? 'all'
    : { terminals: [...change.terminals], listed: [...change.listed], places: [...change.places].sort() };
}

describe('what differs between two looks', () => {
  it('is nothing where nothing happened', async () => {
    expect(await changed()).toEqual({ terminals: [], listed: [], places: [] });
  });

  it('is the terminal of a press, where it stands, and the groups above', async () => {
    await commitPresses(store, 'kallio-1', sampleEpoch(80), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    const { servicePoints, groups } = await store.registry();
    const group = servicePoints.find(({ id }) => id === 'kallio-clinic')?.group ?? '';
    const parent = groups.find(({ id }) => id === group)?.parent;
    const places = ['kallio-clinic', group, ...(parent === undefined ? [] : [parent])].sort();
    expect(await changed()).toEqual({ terminals: ['kallio-1'], listed: ['kallio-1'], places });
  });

  it('is of a heartbeat that says nothing new only the terminal itself', async () => {
    const record = before.terminal('kallio-1')?.record;
    const detail = await store.terminal('kallio-1', SAMPLE_NOW);
    const status = detail?.status ?? sampleStatus(sampleEpoch(0), SAMPLE_NOW, 1, {});
    const message = { ...status, uptimeMs: status.uptimeMs + 1_000 };
    const receivedAt = (record?.lastSeenAt ?? SAMPLE_NOW) + 1_000;
    await store.commit([{ kind: 'status', terminal: 'kallio-1', receivedAt, retained: false, message }]);
    expect(await changed()).toEqual({ terminals: ['kallio-1'], listed: [], places: [] });
  });

  it('may be anything after a change of the registry, or with a terminal more', async () => {
    await commitPresses(store, 'newcomer-1', sampleEpoch(81), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    expect(await changed()).toBe('all');
    const other = structuredClone(await store.registry());
    store.registry = async () => other;
    expect(await changed()).toBe('all');
    expect(boardChange(undefined, before)).toEqual({ kind: 'all' });
  });
});
