import { type Log, NO_SUPERVISOR, type ProgressFacts, SILENT_LOG, type Supervisor, Watchdog } from '@hymio/device';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const WELL: ProgressFacts = { journal: { kind: 'sound' }, panel: { kind: 'ready' } };
const UNPLUGGED: ProgressFacts = {
  journal: { kind: 'sound' },
  panel: { kind: 'faulty', code: 'panel-unplugged', nextInMs: 1_000 },
};
const HUNG: ProgressFacts = { journal: { kind: 'sound' }, panel: { kind: 'opening', forMs: 3_600_000 } };
const FEED_MS = 20_000;

let clock: FakeClock;
let facts: ProgressFacts;
let said: string[];

function record(feedEveryMs: number | undefined): Supervisor {
  return {
    feedEveryMs,
    ready: (text) => void said.push(`ready: ${text}`),
    alive: () => void said.push('alive'),
    status: (text) => void said.push(`status: ${text}`),
    stopping: async () => void said.push('stopping'),
  };
}

function startWatchdog({ supervisor = record(FEED_MS), log = SILENT_LOG as Log } = {}): Watchdog {
  const watchdog = new Watchdog({ supervisor, clock, log, facts: () => facts });
  watchdog.start();
  return watchdog;
}

/** What was said since the last look. */
function news(): string[] {
  return said.splice(0);
}

beforeEach(() => {
  clock = new FakeClock();
  facts = WELL;
  said = [];
});

describe('the watchdog', () => {
  it('says at once that presses are taken, and feeds as often as is asked', () => {
    startWatchdog();
    expect(news()).toEqual(['ready: Taking presses', 'alive']);
    clock.advance(3 * FEED_MS);
    expect(news()).toEqual(['alive', 'alive', 'alive']);
  });

  it('says it only once the panel has opened', () => {
    facts = { ...WELL, panel: { kind: 'opening', forMs: 0 } };
    startWatchdog();
    clock.advance(2_000);
    expect(news()).toEqual([]);
    facts = WELL;
    clock.advance(500);
    expect(news()).toEqual(['ready: Taking presses', 'alive']);
  });

  it('comes up with a missing panel, says so, and says when it is there', () => {
    facts = UNPLUGGED;
    startWatchdog();
    expect(news()).toEqual(['ready: No presses: panel-unplugged; trying again', 'alive']);
    facts = WELL;
    clock.advance(FEED_MS);
    expect(news()).toEqual(['status: Taking presses', 'alive']);
  });

  it('stops feeding, not watching, while something hangs', () => {
    const logged: string[] = [];
    const note = (event: string, fields?: Record<string, unknown>): void => {
      logged.push(`${event} ${fields?.['detail'] ?? ''}`.trim());
    };
    startWatchdog({ log: { info: note, warn: note, error: note } });
    news();
    facts = HUNG;
    clock.advance(2 * FEED_MS);
    expect(news()).toEqual(['status: Opening the panel']);
    expect(logged).toEqual(['no progress the panel has been opening for 3600 s']);
    facts = WELL;
    clock.advance(FEED_MS);
    expect(news()).toEqual(['status: Taking presses', 'alive']);
    expect(logged.at(-1)).toBe('progress again');
  });

  it('tells its state also where no watchdog runs', () => {
    startWatchdog({ supervisor: record(undefined) });
    facts = UNPLUGGED;
    clock.advance(60_000);
    expect(news().filter((message) => message !== 'alive')).toEqual([
      'ready: Taking presses',
      'status: No presses: panel-unplugged; trying again',
    ]);
  });

  it('says that it stops, and is quiet then', async () => {
    const watchdog = startWatchdog();
    news();
    await watchdog.stop();
    clock.advance(10 * FEED_MS);
    expect(news()).toEqual(['stopping']);
    expect(clock.pending).toBe(0);
  });

  it('costs nothing where nobody watches', async () => {
    const watchdog = startWatchdog({ supervisor: NO_SUPERVISOR });
    expect(clock.pending).toBe(0);
    await watchdog.stop();
  });
});
