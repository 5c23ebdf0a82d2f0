import {
  Administration,
  Board,
  LiveEvents,
  type MemoryStore,
  PdfPrinter,
  QuietWatch,
  type RouteParts,
  routeParts,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../../../support/sample-store.js';

const HEALTH = { sight: { groups: ['health'] } };
const EVERYTHING = { sight: { groups: undefined } };
const CLOCK: Clock = { now: () => SAMPLE_NOW, monotonic: () => 0, after: () => () => undefined };

describe('what routes get of the server', () => {
  let store: MemoryStore;
  let parts: RouteParts;
  beforeEach(async () => {
    store = await sampleStore();
    const events = new LiveEvents();
    const quiet = new QuietWatch({ store, zone: SAMPLE_ZONE });
    parts = routeParts({
      ...{ store, events, clock: CLOCK, zone: SAMPLE_ZONE },
      administration: new Administration({ store, live: events, link: { forget: () => true } }),
      board: new Board({ store, events, quiet, clock: CLOCK, zone: SAMPLE_ZONE, onError: () => undefined }),
      printer: new PdfPrinter(),
      readiness: async () => ({ broker: true, store: true }),
      listen: { host: '127.0.0.1', port: 0 },
      log: { error: () => undefined },
    });
  });

  it('is nothing where no guard has said how far who asks may look', () => {
    expect(() => parts.for({})).toThrow(/not been decided/);
    const withheld = ['store', 'administration', 'board', 'alerting', 'commands', 'enrolment', 'events', 'reporting'];
    for (const name of withheld) expect(Object.keys(parts)).not.toContain(name);
  });

  it('is all of it for who may see everything, and a part for who is limited, whatever else is asked meanwhile', async () => {
    const [limited, all, again] = await Promise.all([
      parts.for(HEALTH).store.registry(),
      parts.for(EVERYTHING).store.registry(),
      parts.for(HEALTH).store.registry(),
    ]);
    expect(all).toEqual(await store.registry());
    expect(limited.groups.map(({ id }) => id)).toEqual(['health']);
    expect(again).toEqual(limited);
    const { terminals } = await parts.for(HEALTH).board.look();
    expect(terminals.map(({ record }) => record.id).sort()).toEqual(['itakeskus-1', 'kallio-1', 'kallio-2']);
    const edit = { kind: 'put-group', group: { id: 'new', name: { en: 'New' } } } as const;
    const refused = parts.for(HEALTH).administration.editRegistry(edit, { who: 'x', at: 0 });
    await expect(refused).rejects.toMatchObject({ code: 'role-too-small' });
  });

  it('follows the registry: what comes into the groups is seen, what leaves them is not', async () => {
    const seen = async () => (await parts.for(HEALTH).store.registry()).servicePoints.map(({ id }) => id);
    expect(await seen()).not.toContain('malmi-office');
    const { servicePoints } = await store.registry();
    const malmi = servicePoints.find(({ id }) => id === 'malmi-office') ?? expect.fail('there is the Malmi office');
    await store.importRegistry({
      ...{ groups: [], questions: [], terminals: [], assignments: [] },
      servicePoints: [{ id: malmi.id, name: malmi.name, repeatWindowMs: malmi.repeatWindowMs, group: 'health' }],
    });
    expect(await seen()).toContain('malmi-office');
  });
});
