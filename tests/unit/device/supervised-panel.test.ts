import {
  type ButtonUsage,
  NAMED_AT_LEAST_MS,
  NO_CONTACT_EVERY_MS,
  type PanelFaultCode,
  type PanelHost,
  type PressFacts,
  type PressOutcome,
  REPLUG_MOST_MS,
  RETRY_MOST_MS,
  SILENT_LOG,
  STEADY_MS,
  SUSPICIOUS_MS,
  SupervisedPanel,
} from '@hymio/device';
import { RATINGS, type Rating } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeDriver } from '../../support/fake-driver.js';
import { FakeClock } from './fake-clock.js';

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let drivers: FakeDriver[];
let panel: SupervisedPanel;
let faults: Map<string, string>;
let presses: { rating: Rating; facts: PressFacts }[];
let known: Set<number>;
let keeps: boolean;
let silentMs: number;
let saved: ButtonUsage | undefined;
let random: number;
/** How long it takes to keep a press. */
let diskMs: number;

const host: PanelHost = {
  knows: ({ number }) => known.has(number),
  fault: (code, detail) => void (detail === undefined ? faults.delete(code) : faults.set(code, detail)),
  gatewaySilentMs: () => silentMs,
};

function onPress(rating: Rating, facts: PressFacts = {}): PressOutcome {
  if (!keeps) return { kept: false, rating, code: 'journal-full' };
  if (diskMs > 0) clock.advance(diskMs);
  presses.push({ rating, facts });
  if (facts.numbered) known.add(facts.numbered.number);
  return { kept: true, epoch: 'e', seq: presses.length, rating };
}

function makePanel(): SupervisedPanel {
  return new SupervisedPanel({
    makeDriver: () => {
      const driver = new FakeDriver(() => clock.monotonic());
      drivers.push(driver);
      return driver;
    },
    clock,
    random: () => random,
    log: SILENT_LOG,
    usage: {
      load: () => saved,
      save: (usage) => {
        saved = usage;
      },
    },
  });
}

function driver(): FakeDriver {
  const last = drivers.at(-1);
  if (last === undefined) throw new Error('no driver yet');
  return last;
}

/** A ready panel, its start signal over. */
function ready(): FakeDriver {
  driver().ready();
  clock.advance(1_000);
  driver().commands.length = 0;
  return driver();
}

beforeEach(() => {
  clock = new FakeClock({ startMs: 1_000_000 });
  drivers = [];
  faults = new Map();
  presses = [];
  known = new Set();
  keeps = true;
  silentMs = 0;
  saved = undefined;
  random = 0.5;
  diskMs = 0;
  panel = makePanel();
  panel.start(onPress, host);
});

afterEach(() => panel.stop());

describe('a supervised panel', () => {
  it('starts with a signal, and takes a push as a press of that moment', () => {
    driver().ready();
    expect(driver().commands[0]).toBe('1000000 light on');
    clock.advance(2_000);
    driver().edge(3, true, 1_001_990);
    expect(presses).toEqual([{ rating: 3, facts: { bootMs: 1_001_990 } }]);
  });

  it('thanks once the press is kept, in the same way for every rating', () => {
    const sequences = RATINGS.map((rating) => {
      const own = ready();
      const startMs = clock.monotonic();
      own.edge(rating, true);
      clock.advance(80);
      own.edge(rating, false);
      clock.advance(5_000);
      driver().fail('panel-unplugged');
      clock.advance(5_000);
      return own.commands.map((command) => command.replace(/^\d+/, (ms) => String(Number(ms) - startMs)));
    });
    expect(sequences[0]).toEqual(['0 light on', '0 beep on', '60 beep off', '700 light off']);
    for (const sequence of sequences) expect(sequence).toEqual(sequences[0]);
  });

  it('says that a press which could not be kept is not counted, in the same way for every rating', () => {
    keeps = false;
    const sequences = RATINGS.map((rating) => {
      const own = ready();
      const startMs = clock.monotonic();
      own.edge(rating, true);
      own.edge(rating, false);
      clock.advance(5_000);
      driver().fail('panel-unplugged');
      clock.advance(5_000);
      return own.commands.map((command) => command.replace(/^\d+/, (ms) => String(Number(ms) - startMs)));
    });
    expect(sequences[0]?.filter((command) => command.includes('light'))).toHaveLength(12);
    for (const sequence of sequences) expect(sequence).toEqual(sequences[0]);
    expect(presses).toEqual([]);
  });

  it('takes buttons that are down when it comes up for no presses', () => {
    driver().edge(1, true);
    const own = ready();
    own.edge(1, false);
    own.edge(0, true);
    expect(presses.map(({ rating }) => rating)).toEqual([0]);
  });

  it('is not fooled by a bounce that is reported late', () => {
    const own = ready();
    own.edge(1, true);
    clock.advance(100);
    own.edge(1, false);
    const releasedMs = clock.monotonic();
    clock.advance(200);
    own.edge(1, true, releasedMs + 5);
    own.edge(1, false, releasedMs + 8);
    expect(presses).toHaveLength(1);
  });

  it('is not fooled by bounce that had to wait while a slow disk kept another press', () => {
    const own = ready();
    own.edge(1, true);
    clock.advance(100);
    own.edge(1, false);
    diskMs = 150;
    own.edge(2, true);
    own.edge(1, true);
    own.edge(1, false);
    own.edge(2, false);
    clock.advance(1_000);
    expect(presses.map(({ rating }) => rating)).toEqual([1, 2]);
  });

  it('counts a short push while a slow disk kept another press, where its time is known exactly', () => {
    const own = ready();
    const startMs = clock.monotonic();
    own.edge(1, true, startMs, true);
    own.edge(1, false, startMs + 20, true);
    clock.advance(40);
    diskMs = 60;
    own.edge(2, true, startMs + 40, true);
    diskMs = 0;
    own.edge(1, true, startMs + 101, true);
    own.edge(1, false, startMs + 106, true);
    clock.advance(1_000);
    expect(presses.map(({ rating }) => rating)).toEqual([1, 2, 1]);
  });

  it('counts a short push right after another button was kept at once', () => {
    const own = ready();
    own.edge(1, true);
    clock.advance(20);
    own.edge(1, false);
    clock.advance(24);
    own.edge(2, true);
    clock.advance(7);
    own.edge(1, true);
    clock.advance(20);
    own.edge(1, false);
    clock.advance(1_000);
    expect(presses.map(({ rating }) => rating)).toEqual([1, 2, 1]);
  });

  it('raises and clears the faults of its buttons', () => {
    ready().edge(2, true);
    clock.advance(61_000);
    expect([...faults.keys()]).toEqual(['button-stuck']);
    driver().edge(2, false);
    clock.advance(1_000);
    expect([...faults.keys()]).toEqual([]);
  });

  it('marks presses of a contact that chatters', () => {
    const own = ready();
    for (let index = 0; index < 300; index += 1) {
      own.edge(2, index % 2 === 0);
      clock.advance(20);
    }
    expect(faults.get('button-chatter')).toContain('happy');
    clock.advance(1_000);
    own.edge(2, true);
    expect(presses.at(-1)?.facts.chattering).toBe(true);
  });

  describe('that fails', () => {
    it('is named as a fault and tried again, each time with a fresh driver, until it works', () => {
      driver().fail('panel-not-found', 'no port');
      expect([...faults]).toEqual([['panel-not-found', 'no port']]);
      for (const code of ['panel-permission-denied', 'panel-wrong-firmware', 'panel-silent'] as const) {
        clock.advance(RETRY_MOST_MS);
        driver().fail(code);
        expect([...faults.keys()]).toEqual([code]);
      }
      expect(drivers).toHaveLength(4);
      clock.advance(RETRY_MOST_MS);
      driver().ready();
      clock.advance(NAMED_AT_LEAST_MS);
      expect([...faults]).toEqual([]);
      expect(panel.progress()).toEqual({ kind: 'ready' });
    });

    /** Fails so often with this fault, and gives the waits until it was tried again. */
    const waits = (code: PanelFaultCode, times: number): number[] =>
      Array.from({ length: times }, () => {
        const failedMs = clock.monotonic();
        driver().fail(code);
        const before = drivers.length;
        while (drivers.length === before) clock.advance(1);
        return clock.monotonic() - failedMs;
      });

    it('is tried again at once, and then less and less often', () => {
      random = 1;
      expect(waits('panel-wrong-firmware', 6)).toEqual([250, 500, 1000, 2000, RETRY_MOST_MS, RETRY_MOST_MS]);
      random = 0;
      expect(waits('panel-permission-denied', 4)).toEqual([125, 250, 500, 1000]);
      ready();
      clock.advance(STEADY_MS);
      expect(waits('panel-permission-denied', 2)).toEqual([125, 250]);
      ready().fail('panel-permission-denied');
      clock.advance(499);
      expect(drivers.at(-1)?.state).toBe('closed');
    });

    it.each(['panel-unplugged', 'panel-not-found', 'panel-several-found'] as const)(
      'with %s is tried again soon enough to work within 5 s of being plugged in',
      (code) => {
        random = 1;
        // A boot loader, the blinking of the version and the handshake take up to four seconds.
        expect(Math.max(...waits(code, 10))).toBe(REPLUG_MOST_MS);
        expect(REPLUG_MOST_MS).toBeLessThan(1_000);
      },
    );

    it('is named long enough to stand in a status, however soon it works again', () => {
      ready().fail('panel-unplugged', 'the cable');
      clock.advance(REPLUG_MOST_MS);
      driver().ready();
      expect([...faults]).toEqual([['panel-unplugged', 'the cable']]);
      clock.advance(NAMED_AT_LEAST_MS - REPLUG_MOST_MS - 1);
      expect([...faults.keys()]).toEqual(['panel-unplugged']);
      clock.advance(1);
      expect([...faults]).toEqual([]);
    });

    it('again while it is still named, keeps or changes its name', () => {
      ready().fail('panel-unplugged', 'once');
      clock.advance(REPLUG_MOST_MS);
      ready().fail('panel-unplugged', 'twice');
      clock.advance(NAMED_AT_LEAST_MS);
      expect([...faults]).toEqual([['panel-unplugged', 'twice']]);
      ready().fail('panel-silent', 'no answer');
      expect([...faults]).toEqual([['panel-silent', 'no answer']]);
      clock.advance(RETRY_MOST_MS);
      driver().ready();
      clock.advance(NAMED_AT_LEAST_MS);
      expect([...faults]).toEqual([]);
    });

    it('stays named as unplugged while it is not found', () => {
      ready().fail('panel-unplugged', 'the cable');
      clock.advance(RETRY_MOST_MS);
      driver().fail('panel-not-found');
      expect([...faults]).toEqual([['panel-unplugged', 'the cable']]);
      clock.advance(RETRY_MOST_MS);
      ready();
      clock.advance(NAMED_AT_LEAST_MS);
      expect([...faults]).toEqual([]);
    });

    it('is not heard any more once another driver has taken over', () => {
      const old = ready();
      old.fail('panel-unplugged');
      clock.advance(RETRY_MOST_MS);
      ready();
      old.edge(1, true);
      old.press(7);
      old.fail('panel-silent');
      expect(presses).toEqual([]);
      expect([...faults.keys()]).toEqual(['panel-unplugged']);
    });

    it('by never answering is given up and tried again', () => {
      clock.advance(31_000);
      expect(drivers[0]?.state).toBe('closed');
      expect([...faults.keys()]).toEqual(['panel-silent']);
      clock.advance(RETRY_MOST_MS);
      expect(drivers).toHaveLength(2);
    });

    it('takes a button held over the loss of the cable for no new press', () => {
      ready().edge(3, true);
      driver().fail('panel-unplugged');
      clock.advance(RETRY_MOST_MS);
      driver().edge(3, true);
      ready().edge(3, false);
      clock.advance(100);
      driver().edge(3, true);
      expect(presses).toHaveLength(2);
    });

    it('tells the watchdog how it is', () => {
      expect(panel.progress()).toEqual({ kind: 'opening', forMs: 0 });
      clock.advance(300);
      expect(panel.progress()).toEqual({ kind: 'opening', forMs: 300 });
      driver().fail('panel-silent');
      expect(panel.progress()).toEqual({ kind: 'faulty', code: 'panel-silent', nextInMs: 187.5 });
    });
  });

  describe('with numbers of its own', () => {
    it('settles a press once it is kept', () => {
      const own = ready();
      own.press(1, { bootMs: clock.monotonic() - 300 });
      expect(presses).toMatchObject([{ rating: 2, facts: { numbered: { panelBoot: 'p1', number: 1 } } }]);
      expect(own.commands).toContain(`${clock.monotonic()} settle p1 1`);
      expect(own.commands).toContain(`${clock.monotonic()} light on`);
    });

    it('settles a press that is known without counting it, or thanking for it, again', () => {
      known.add(5);
      const own = ready();
      own.press(5);
      expect(presses).toEqual([]);
      expect(own.commands).toEqual([`${clock.monotonic()} settle p1 5`]);
    });

    it('does not settle a press that could not be kept: the panel repeats it', () => {
      keeps = false;
      const own = ready();
      own.press(1);
      expect(own.commands.join()).not.toContain('settle');
      keeps = true;
      own.press(1);
      expect(presses).toHaveLength(1);
    });

    it('thanks nobody for a press of hours ago', () => {
      const own = ready();
      own.press(1, { bootMs: clock.monotonic() - 2 * HOUR_MS });
      expect(presses[0]?.facts.bootMs).toBe(clock.monotonic() - 2 * HOUR_MS);
      expect(own.commands).toEqual([`${clock.monotonic()} settle p1 1`]);
    });

    it('is named as reset where it started anew, and goes on', () => {
      const own = ready();
      own.restart();
      expect([...faults]).toEqual([['panel-reset', 'a panel: it has started anew']]);
      own.press(1);
      expect(presses).toHaveLength(1);
      clock.advance(NAMED_AT_LEAST_MS);
      expect([...faults]).toEqual([]);
      expect(drivers).toHaveLength(1);
    });

    it('names a button that it says is down for a minute, makes no press of that, and takes it back', () => {
      const own = ready();
      own.contacts(2);
      clock.advance(59_000);
      own.contacts(2);
      expect([...faults]).toEqual([]);
      clock.advance(2_000);
      expect(faults.get('button-stuck')).toBe('held down: happy');
      own.contacts();
      clock.advance(1_000);
      expect([...faults]).toEqual([]);
      expect(presses).toEqual([]);
    });

    it('has presses of a button marked that makes more than a hand can, repetitions not counted', () => {
      const own = ready();
      const press = (number: number): void => own.press(number, { button: 1 });
      for (let round = 0; round < 100; round += 1) {
        press(1);
        clock.advance(50);
      }
      keeps = false;
      for (let round = 0; round < 100; round += 1) {
        press(2);
        clock.advance(50);
      }
      keeps = true;
      expect(presses).toHaveLength(1);
      expect([...faults]).toEqual([]);
      for (let number = 2; number < 80; number += 1) {
        press(number);
        clock.advance(80);
      }
      press(80);
      expect(faults.get('button-chatter')).toMatch(/: unhappy, \d+ presses marked/);
      expect(presses[0]?.facts.chattering).toBeUndefined();
      expect(presses.at(-1)?.facts.chattering).toBe(true);
    });

    it('reports presses for which it had no room', () => {
      ready().dropped(3);
      driver().dropped(4);
      driver().dropped(2, 'p2');
      expect(faults.get('panel-memory-full')).toMatch(/^6 presses/);
    });
  });

  it('blips once a minute where the gateway was not heard of for a day, never over another signal', () => {
    const own = ready();
    silentMs = 23 * HOUR_MS;
    clock.advance(10 * NO_CONTACT_EVERY_MS);
    expect(own.commands).toEqual([]);
    silentMs = 24 * HOUR_MS;
    clock.advance(3 * NO_CONTACT_EVERY_MS);
    expect(own.commands.filter((command) => command.endsWith('light on'))).toHaveLength(3);
    silentMs = 0;
    own.commands.length = 0;
    clock.advance(3 * NO_CONTACT_EVERY_MS);
    expect(own.commands).toEqual([]);
  });

  it('finds a button suspicious that nobody presses for weeks, also over restarts', async () => {
    ready();
    for (let index = 0; index < 250; index += 1) {
      driver().edge((index % 3) as Rating, true);
      clock.advance(50);
      driver().edge((index % 3) as Rating, false);
      clock.advance(50);
    }
    clock.advance(SUSPICIOUS_MS / 2);
    await panel.stop();
    panel = makePanel();
    panel.start(onPress, host);
    ready();
    expect(faults.has('button-suspicious')).toBe(false);
    clock.advance(SUSPICIOUS_MS / 2 + 60_000);
    expect(faults.get('button-suspicious')).toContain('very-happy');
    driver().edge(3, true);
    clock.advance(60_000);
    expect(faults.has('button-suspicious')).toBe(false);
  });

  it('goes dark and lets go of the hardware when it is stopped', async () => {
    const own = ready();
    own.edge(1, true);
    await panel.stop();
    expect(own.commands.at(-1)).toMatch(/off$/);
    expect(own.state).toBe('closed');
    own.edge(2, true);
    own.fail('panel-unplugged');
    clock.advance(HOUR_MS);
    expect(presses).toHaveLength(1);
    expect(drivers).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
