import {
  emptyDisk,
  MemoryJournal,
  type OnPress,
  type Panel,
  type PanelHost,
  SILENT_LOG,
  Terminal,
  type TransportListener,
} from '@hymio/device';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let disk: ReturnType<typeof emptyDisk>;
let openings: number;

/** A firmware that has started, with its panel's view of it and its end of the connection. */
interface Started {
  press: OnPress;
  host: PanelHost;
  link: TransportListener;
}

function start(): Started {
  let press: OnPress | undefined;
  let host: PanelHost | undefined;
  let link: TransportListener | undefined;
  const panel: Panel = {
    start: (onPress, given) => {
      press = onPress;
      host = given;
    },
    stop: () => undefined,
  };
  openings += 1;
  const epoch = `00000000-0000-4000-8000-00000000000${openings}`;
  new Terminal({
    clock,
    random: () => 0.5,
    panel,
    transport: {
      start: (listener) => {
        link = listener;
      },
      publish: () => undefined,
      stop: async () => undefined,
    },
    settings: { load: () => undefined, save: () => undefined },
    log: SILENT_LOG,
    hardware: () => ({}),
    openJournal: () => new MemoryJournal(disk, { epoch, bootId: clock.bootId, bootMs: clock.monotonic() }),
    firmware: 'test',
    builtAt: 0,
  }).start();
  if (press === undefined || host === undefined || link === undefined) throw new Error('it did not start');
  return { press, host, link };
}

beforeEach(() => {
  clock = new FakeClock();
  disk = emptyDisk();
  openings = 0;
});

describe('how long the gateway is silent', () => {
  it('counts from the start, and anew from each word of it', () => {
    const { host, link } = start();
    clock.advance(HOUR_MS);
    expect(host.gatewaySilentMs()).toBe(HOUR_MS);
    link.message('config', Buffer.from('{}'));
    clock.advance(60_000);
    expect(host.gatewaySilentMs()).toBe(60_000);
  });

  it('is nothing over a connection on which nothing waits, and counts where a press does', () => {
    const { press, host, link } = start();
    link.connected();
    clock.advance(HOUR_MS);
    expect(host.gatewaySilentMs()).toBe(0);
    press(2);
    clock.advance(HOUR_MS);
    expect(host.gatewaySilentMs()).toBe(HOUR_MS);
  });

  it('counts over restarts from the oldest press that waits: sockets are switched off at night', () => {
    start().press(3);
    clock.advance(20 * HOUR_MS);
    start().press(1);
    clock.advance(5 * HOUR_MS);
    const { host, link } = start();
    expect(host.gatewaySilentMs()).toBe(25 * HOUR_MS);
    link.message('config', Buffer.from('{}'));
    expect(host.gatewaySilentMs()).toBe(0);
  });
});
