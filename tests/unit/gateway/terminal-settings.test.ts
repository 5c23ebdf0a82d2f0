import {
  COMMAND_PATIENCE_MS,
  Commands,
  ConfigPublisher,
  configOf,
  configState,
  effectiveSettings,
  LiveEvents,
  MemoryStore,
  type ScopeSettings,
} from '@hymio/gateway';
import { type CommandMessage, configMessageSchema, type Settings, type StatusMessage } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../device/fake-clock.js';

const T = Date.UTC(2026, 10, 20);
const BY = { who: 'Aino', at: T };
const ID = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** City › health › kallio and city › malmi. */
const PLACES = {
  groups: [
    { id: 'city', name: { fi: 'Kaupunki' } },
    { id: 'health', name: { fi: 'Terveys' }, parent: 'city' },
  ],
  servicePoints: [
    { id: 'kallio', name: { fi: 'Kallio' }, group: 'health', repeatWindowMs: 5_000 },
    { id: 'malmi', name: { fi: 'Malmi' }, group: 'city', repeatWindowMs: 5_000 },
  ],
};

describe('what is desired of a terminal', () => {
  const all: ScopeSettings[] = [
    { scope: { kind: 'organisation' }, settings: { heartbeatIntervalMs: 60_000, lockoutMs: 25, thanks: 'light' } },
    { scope: { kind: 'group', id: 'city' }, settings: { lockoutMs: 30 } },
    { scope: { kind: 'group', id: 'health' }, settings: { thanks: 'beep' } },
    { scope: { kind: 'service-point', id: 'kallio' }, settings: { heartbeatIntervalMs: 20_000 } },
    { scope: { kind: 'terminal', id: 'k-1' }, settings: { lockoutMs: 90 } },
  ];
  it.each([
    ['k-1', 'kallio', { heartbeatIntervalMs: 20_000, lockoutMs: 90, thanks: 'beep' }],
    ['k-2', 'kallio', { heartbeatIntervalMs: 20_000, lockoutMs: 30, thanks: 'beep' }],
    ['k-2', 'malmi', { heartbeatIntervalMs: 60_000, lockoutMs: 30, thanks: 'light' }],
    ['k-2', undefined, { heartbeatIntervalMs: 60_000, lockoutMs: 25, thanks: 'light' }],
  ])('is of each setting the nearest: %s at %s', (terminal, servicePoint, expected) => {
    expect(effectiveSettings(PLACES, all, { terminal, servicePoint }).settings).toEqual(expected);
  });

  it('has the same version for the same settings, however they are put together, and another one for others', () => {
    const version = (settings: Settings) => configOf(settings).version;
    expect(version({ lockoutMs: 30, thanks: 'light' })).toBe(version({ thanks: 'light', lockoutMs: 30 }));
    const versions = [{}, { lockoutMs: 30 }, { lockoutMs: 31 }, { thanks: 'light' }, { thanks: 'beep' }] as const;
    expect(new Set(versions.map(version)).size).toBe(5);
  });
});

describe('how far a terminal is', () => {
  const desired = configOf({ lockoutMs: 30 });
  const nothing = configOf({});
  it.each([
    ['never heard of', desired, undefined, 'pending'],
    ['another version', desired, { configVersion: '7' }, 'pending'],
    ['this version and knows it', desired, { configVersion: desired.version, knownSettings: ['lockoutMs'] }, 'applied'],
    ['this version, an old firmware', desired, { configVersion: desired.version }, 'unknown'],
    ['this version refused', desired, { configRefused: { version: desired.version, reason: 'no' } }, 'refused'],
    ['an earlier one refused', desired, { configRefused: { version: '7', reason: 'no' } }, 'pending'],
    ['nothing is desired nor reported', nothing, {}, 'default'],
    ['nothing is desired any more', nothing, { configVersion: '7' }, 'pending'],
    ['nothing is desired, and it knows', nothing, { configVersion: nothing.version }, 'default'],
  ])('%s', (_, config, reported, expected) => expect(configState(config, reported).kind).toBe(expected));
});

async function publishing() {
  const clock = new FakeClock({ offsetMs: T });
  const store = new MemoryStore({ now: () => clock.now() });
  const servicePoints = PLACES.servicePoints.map(({ repeatWindowMs, ...point }) => point);
  await store.importRegistry({
    groups: PLACES.groups,
    servicePoints,
    questions: [],
    terminals: [{ id: 'k-1' }, { id: 'k-2' }],
    assignments: [{ terminal: 'k-1', servicePoint: 'kallio', from: new Date(T - 1_000).toISOString() }],
  } as never);
  const sent: [string, Settings][] = [];
  const link = { up: true };
  const publisher = new ConfigPublisher({
    store,
    clock,
    log: SILENT,
    link: {
      tell: (terminal, _kind, payload) => {
        if (link.up) sent.push([terminal, configMessageSchema.omit({ version: true }).parse(JSON.parse(payload))]);
        return link.up;
      },
    },
  });
  const status = (fields: Partial<StatusMessage>): Uint8Array =>
    Buffer.from(
      JSON.stringify({
        ...{ sentAt: T, firmware: '1', epoch: ID, epochs: [], pending: 0, clock: 'synced', uptimeMs: 1 },
        ...{ faults: [], hardware: {}, ...fields },
      }),
    );
  const taken = () => sent.splice(0);
  return { clock, store, publisher, link, status, taken };
}

describe('the retained config', () => {
  it('is published at the start and when it changes, and not otherwise', async () => {
    const { store, publisher, taken } = await publishing();
    await store.settings.save({ scope: { kind: 'group', id: 'city' }, settings: { lockoutMs: 30 } }, BY);
    await publisher.start();
    expect(taken()).toEqual([['k-1', { lockoutMs: 30 }]]);
    await publisher.refresh();
    expect(taken()).toEqual([]);
    await store.settings.save({ scope: { kind: 'organisation' }, settings: { thanks: 'light' } }, BY);
    await publisher.refresh();
    expect(taken()).toEqual([
      ['k-1', { lockoutMs: 30, thanks: 'light' }],
      ['k-2', { thanks: 'light' }],
    ]);
    await store.settings.save({ scope: { kind: 'organisation' }, settings: {} }, BY);
    await publisher.refresh();
    expect(taken()).toEqual([
      ['k-1', { lockoutMs: 30 }],
      ['k-2', {}],
    ]);
  });

  it('is that of the new place once a terminal stands there, also at a time that was said before', async () => {
    const { clock, store, publisher, taken } = await publishing();
    await store.settings.save({ scope: { kind: 'service-point', id: 'malmi' }, settings: { lockoutMs: 40 } }, BY);
    const from = T + 90_000;
    await store.editRegistry({ kind: 'move-terminal', terminal: 'k-1', servicePoint: 'malmi', from }, BY);
    await publisher.start();
    clock.advance(60_000);
    await publisher.refresh();
    expect(taken()).toEqual([]);
    clock.advance(60_000);
    await publisher.refresh();
    expect(taken()).toEqual([['k-1', { lockoutMs: 40 }]]);
    await publisher.stop();
  });

  it('goes to whoever reports another version, but not again to who has refused it', async () => {
    const { store, publisher, status, taken } = await publishing();
    await store.settings.save({ scope: { kind: 'organisation' }, settings: { thanks: 'beep' } }, BY);
    await publisher.start();
    taken();
    const { version } = configOf({ thanks: 'beep' });
    publisher.heard('k-1', status({ configVersion: 'of-old' }));
    publisher.heard('unregistered', status({}));
    expect(taken()).toEqual([
      ['k-1', { thanks: 'beep' }],
      ['unregistered', { thanks: 'beep' }],
    ]);
    publisher.heard('k-1', status({ configVersion: 'of-old', configRefused: { version, reason: 'no beeper' } }));
    publisher.heard('k-2', status({ configVersion: version }));
    publisher.heard('k-2', Buffer.from('nonsense'));
    expect(taken()).toEqual([]);
  });

  it('is kept for whoever was heard, before and after it is announced, and once for each', async () => {
    const { store, publisher, status, taken } = await publishing();
    await publisher.start();
    publisher.heard('a-stranger', status({}));
    publisher.heard('z-stranger', status({}));
    publisher.heard('k-1', status({}));
    await store.settings.save({ scope: { kind: 'organisation' }, settings: { thanks: 'beep' } }, BY);
    await publisher.refresh();
    expect(taken().map(([terminal]) => terminal)).toEqual(['k-1', 'k-2', 'a-stranger', 'z-stranger']);
    await store.editRegistry({ kind: 'put-terminal', terminal: 'z-stranger' }, BY);
    await store.settings.save({ scope: { kind: 'organisation' }, settings: { thanks: 'light' } }, BY);
    await publisher.refresh();
    expect(taken().map(([terminal]) => terminal)).toEqual(['k-1', 'k-2', 'z-stranger', 'a-stranger']);
    await publisher.refresh();
    expect(taken()).toEqual([]);
    await publisher.stop();
  });

  it('is worked out for many terminals without going through all of them for each', async () => {
    const { publisher, store, taken } = await publishing();
    const TERMINALS = 400;
    let looks = 0;
    const counted = <T extends object>(item: T, key: keyof T): T =>
      Object.defineProperty({ ...item }, key, {
        get: () => {
          looks += 1;
          return item[key];
        },
      });
    const ids = Array.from({ length: TERMINALS }, (_, n) => `t-${1_000 + n}`);
    const registry = await store.registry();
    store.registry = async () => ({
      ...registry,
      terminals: ids.map((id) => counted({ id }, 'id')),
      servicePoints: ids.map((id) => counted({ ...PLACES.servicePoints[0], id: `p-${id}` } as never, 'id' as never)),
      assignments: ids.map((id) => ({ terminal: id, servicePoint: `p-${id}`, from: 0 })),
    });
    store.settings.list = async () =>
      ids.map((id) => counted({ scope: { kind: 'terminal', id }, settings: { lockoutMs: 33 } }, 'scope'));
    await publisher.refresh();
    expect(taken()).toHaveLength(TERMINALS);
    expect(looks).toBeLessThan(20 * TERMINALS);
  });

  it('goes once there is a connection again', async () => {
    const { store, publisher, link, taken } = await publishing();
    await store.settings.save({ scope: { kind: 'terminal', id: 'k-2' }, settings: { lockoutMs: 99 } }, BY);
    link.up = false;
    await publisher.start();
    link.up = true;
    await publisher.refresh();
    expect(taken()).toEqual([['k-2', { lockoutMs: 99 }]]);
  });
});

async function asking() {
  const { clock, store } = await publishing();
  const sent: CommandMessage[] = [];
  const link = { up: true };
  const commands = new Commands({
    store,
    clock,
    live: new LiveEvents(),
    log: SILENT,
    makeId: () => ID,
    link: {
      tell: (_terminal, _kind, payload) => {
        if (link.up) sent.push(JSON.parse(payload));
        return link.up;
      },
    },
  });
  const answer = (terminal: string, fields: object = {}) =>
    commands.receive(terminal, Buffer.from(JSON.stringify({ id: ID, at: T, outcome: 'done', ...fields })));
  const log = () => store.registryLog({ limit: 10, subject: { kind: 'terminal', id: 'k-1' } });
  return { clock, store, commands, sent, link, answer, log };
}

describe('a command', () => {
  it('is written down, sent with an end, and ended by the answer of that terminal alone', async () => {
    const { commands, sent, answer, log } = await asking();
    const { ended } = await commands.give('k-1', 'identify', BY);
    expect(sent).toEqual([{ id: ID, command: 'identify', issuedAt: T, expiresAt: T + COMMAND_PATIENCE_MS }]);
    answer('k-2');
    commands.receive('k-1', Buffer.from('nonsense'));
    expect(commands.runs('k-1')[0]?.state).toBe('waiting');
    answer('k-1', { outcome: 'refused', code: 'no-light' });
    answer('k-1');
    expect(await ended).toMatchObject({ state: 'refused', code: 'no-light', who: 'Aino' });
    expect((await log()).slice(0, 2)).toMatchObject([
      { who: 'Aino', what: 'command-answer', after: { command: 'identify', state: 'refused', code: 'no-light' } },
      { who: 'Aino', what: 'command', after: { command: 'identify' } },
    ]);
  });

  it('ends without an answer after 10 s, and at once where there is no connection', async () => {
    const { clock, commands, link, answer } = await asking();
    const first = await commands.give('k-1', 'restart', BY);
    clock.advance(COMMAND_PATIENCE_MS);
    expect((await first.ended).state).toBe('no-answer');
    answer('k-1');
    expect(commands.runs('k-1')[0]?.state).toBe('no-answer');
    link.up = false;
    expect((await (await commands.give('k-1', 'restart', BY)).ended).state).toBe('not-sent');
  });

  it('is refused, and not written down, once they are stopped', async () => {
    const { commands, sent, log } = await asking();
    commands.stop();
    await expect(commands.give('k-1', 'identify', BY)).rejects.toMatchObject({ code: 'gateway-stopping' });
    expect([sent, (await log()).filter(({ what }) => what === 'command')]).toEqual([[], []]);
  });

  it('is not sent where they are stopped while it is written down, and that is written down too', async () => {
    const { clock, commands, sent, store, log } = await asking();
    const note = store.settings.note.bind(store.settings);
    store.settings.note = async (...args) => {
      await note(...args);
      commands.stop();
    };
    const { ended } = await commands.give('k-1', 'identify', BY);
    expect([await ended, sent]).toMatchObject([{ state: 'not-sent' }, []]);
    expect((await log()).map(({ what }) => what).slice(0, 2)).toEqual(['command-answer', 'command']);
    clock.advance(COMMAND_PATIENCE_MS);
    expect(commands.runs('k-1').map(({ state }) => state)).toEqual(['not-sent']);
  });

  it('to nobody is an error', async () => {
    const { commands } = await asking();
    await expect(commands.give('nobody', 'identify', BY)).rejects.toMatchObject({ code: 'unknown-terminal' });
  });
});
