import {
  emptyDisk,
  MemoryJournal,
  NAMED_AT_LEAST_MS,
  PANEL_FAULTS,
  SILENT_LOG,
  SupervisedPanel,
  Terminal,
  type Transport,
} from '@hymio/device';
import { decode, type Fault, type StatusMessage, statusMessageSchema } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeDriver } from '../../../support/fake-driver.js';
import { FakeClock } from '../fake-clock.js';

/** Changes are told at most this often, ms. */
const CHANGE_GAP_MS = 5_000;

let clock: FakeClock;
let driver: FakeDriver;
let terminal: Terminal;
let statuses: StatusMessage[];

/** A connection that is always there, and notes what is published as `status`. */
const ALWAYS_UP: Transport = {
  start: (listener) => listener.connected(),
  publish: ({ kind, payload }) => {
    if (kind !== 'status') return;
    const decoded = decode<StatusMessage>(statusMessageSchema, Buffer.from(payload));
    if (decoded.ok) statuses.push(decoded.message);
  },
  stop: async () => undefined,
};

beforeEach(() => {
  clock = new FakeClock();
  statuses = [];
  const panel = new SupervisedPanel({
    makeDriver: () => {
      driver = new FakeDriver(() => clock.monotonic());
      return driver;
    },
    clock,
    random: () => 0.5,
    log: SILENT_LOG,
    usage: { load: () => undefined, save: () => undefined },
  });
  terminal = new Terminal({
    clock,
    random: () => 0.5,
    panel,
    transport: ALWAYS_UP,
    settings: { load: () => undefined, save: () => undefined },
    log: SILENT_LOG,
    hardware: () => ({}),
    openJournal: () => new MemoryJournal(emptyDisk(), { epoch: EPOCH, bootId: clock.bootId, bootMs: 0 }),
    firmware: 'test',
    builtAt: 0,
  });
  terminal.start();
  driver.ready();
  clock.advance(CHANGE_GAP_MS);
});
afterEach(() => terminal.stop());

const EPOCH = '00000000-0000-4000-8000-000000000001';

function lastFaults(): readonly Fault[] {
  return statuses.at(-1)?.faults ?? [];
}

describe('the status that is sent', () => {
  it.each(PANEL_FAULTS)('names %s with what is known of it, and no longer once the panel works', (code) => {
    const since = clock.now();
    driver.fail(code, 'how it was noticed');
    clock.advance(CHANGE_GAP_MS);
    expect(lastFaults()).toEqual([{ code, since, detail: 'how it was noticed' }]);
    driver.ready();
    clock.advance(CHANGE_GAP_MS + NAMED_AT_LEAST_MS);
    expect(lastFaults()).toEqual([]);
  });

  it('names also what was over before the next one was due', () => {
    driver.fail('panel-unplugged', 'a loose plug');
    clock.advance(NAMED_AT_LEAST_MS + CHANGE_GAP_MS);
    driver.ready();
    clock.advance(NAMED_AT_LEAST_MS + CHANGE_GAP_MS);
    statuses.length = 0;
    driver.fail('panel-silent', 'a moment');
    clock.advance(700);
    driver.ready();
    driver.fail('panel-unplugged', 'another moment');
    clock.advance(700);
    driver.ready();
    clock.advance(2 * NAMED_AT_LEAST_MS + 2 * CHANGE_GAP_MS);
    expect(statuses.flatMap(({ faults }) => faults.map((fault) => fault.code))).toContain('panel-unplugged');
    expect(lastFaults()).toEqual([]);
  });

  it('names buttons that are stuck', () => {
    driver.edge(2, true);
    clock.advance(61_000 + CHANGE_GAP_MS);
    expect(lastFaults()).toMatchObject([{ code: 'button-stuck', detail: 'held down: happy' }]);
    driver.edge(2, false);
    clock.advance(1_000 + CHANGE_GAP_MS);
    expect(lastFaults()).toEqual([]);
  });
});
