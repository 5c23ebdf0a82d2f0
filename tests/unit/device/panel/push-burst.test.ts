import {
  FirmataPanelDriver,
  firmataPanelConfigSchema,
  GpioPanelDriver,
  gpioPanelConfigSchema,
  type PanelDriver,
  SerialPanelDriver,
  SILENT_LOG,
  SupervisedPanel,
  SystemClock,
} from '@hymio/device';
import { RATINGS, type Rating } from '@hymio/protocol';
import { expect, it } from 'vitest';
import { EmulatedSerialPanel } from '../../../support/emulated-serial-panel.js';
import { EmulatedFirmataBoard } from '../../../support/firmata-board/emulated-firmata-board.js';
import { StandInBoard } from '../../../support/gpio-stand-in/stand-in-board.js';
import { describeWith } from '../../../support/requirements.js';
import { until } from '../../../support/until.js';

const PUSHES = 400;
/** Ten a second on each of four buttons. */
const EVERY_MS = 25;
const HOLD_MS = 20;
/** More than the lockout. */
const REST_MS = 30;

interface Hardware {
  makeDriver(clock: SystemClock): PanelDriver;
  /** `plannedMs`: when it takes place, CLOCK_MONOTONIC. */
  push(button: Rating, plannedMs: number): void;
  /** Times are those at which the firmware reads: see `burst`. */
  timedByReading?: true;
  remove(): Promise<void>;
}

async function firmata(): Promise<Hardware> {
  const board = await EmulatedFirmataBoard.plugged();
  const pins = [2, 7, 8, 12] as const;
  const config = firmataPanelConfigSchema.parse({ type: 'firmata', port: board.path, pins, led: 10 });
  return {
    makeDriver: (clock) => new FirmataPanelDriver({ config, clock }),
    push: (button) => board.push(pins[button], HOLD_MS),
    timedByReading: true,
    remove: () => board.remove(),
  };
}

async function gpio(): Promise<Hardware> {
  const board = new StandInBoard();
  await board.start();
  const offsets = [17, 27, 22, 23] as const;
  const lines = { 'very-unhappy': offsets[0], unhappy: offsets[1], happy: offsets[2], 'very-happy': offsets[3] };
  const config = gpioPanelConfigSchema.parse({ type: 'gpio', lines, led: 24 });
  return {
    makeDriver: (clock) => new GpioPanelDriver({ config, clock, environment: board.environment }),
    push: (button, plannedMs) => {
      board.level(offsets[button], false, nanoseconds(plannedMs));
      board.level(offsets[button], true, nanoseconds(plannedMs + HOLD_MS));
    },
    remove: () => board.stop(),
  };
}

async function serial(): Promise<Hardware> {
  const panel = new EmulatedSerialPanel();
  await panel.start();
  return {
    makeDriver: (clock) => new SerialPanelDriver({ port: panel.path, baudRate: 115200, clock }),
    push: (button) => void panel.push(button),
    remove: () => panel.stop(),
  };
}

/** Pushes, and gives what was recorded of each button. */
async function burst(hardware: Hardware): Promise<number[]> {
  const clock = new SystemClock('system', 0);
  const recorded = RATINGS.map(() => 0);
  const known = new Set<number>();
  /** When each button was last seen to open; undefined from the push until then. */
  const openMs: (number | undefined)[] = RATINGS.map(() => 0);
  /** Buttons seen to close since they were pushed: what a board says of its pins at first is no release. */
  const closed = new Set<Rating>();
  let isReady = false;
  const panel = new SupervisedPanel({
    makeDriver: () => hardware.makeDriver(clock),
    clock,
    random: Math.random,
    log: SILENT_LOG,
    usage: { load: () => undefined, save: () => undefined },
    observer: {
      ready: () => {
        isReady = true;
      },
      edge: ({ button, down }) => {
        if (down) closed.add(button);
        else if (closed.delete(button)) openMs[button] = nowMs();
      },
    },
  });
  panel.start(
    (rating, { numbered } = {}) => {
      recorded[rating] = (recorded[rating] ?? 0) + 1;
      if (numbered !== undefined) known.add(numbered.number);
      return { kept: true, epoch: '', seq: 0, rating };
    },
    { knows: ({ number }) => known.has(number), fault: () => undefined, gatewaySilentMs: () => 0 },
  );
  try {
    await until('the panel', async () => isReady, Boolean);
    const startMs = nowMs();
    for (let count = 0; count < PUSHES; count += 1) {
      const button = RATINGS[count % RATINGS.length] ?? 0;
      await at(startMs + count * EVERY_MS);
      if (hardware.timedByReading) {
        // A machine that is too busy to read in time would see a release and the next push as one bounce: then, and only
        // then, the push waits.
        const seen = await until(
          'a release',
          async () => openMs[button],
          (ms) => ms !== undefined,
        );
        await at((seen ?? 0) + REST_MS);
        openMs[button] = undefined;
      }
      hardware.push(button, startMs + count * EVERY_MS);
    }
    await until(
      'all presses',
      async () => sum(recorded),
      (presses) => presses >= PUSHES,
    );
    return recorded;
  } finally {
    await panel.stop();
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** CLOCK_MONOTONIC, ms. */
function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}

async function at(ms: number): Promise<void> {
  const aheadMs = ms - nowMs();
  if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
}

describeWith(['socat'], 'ten pushes a second on each of four buttons for ten seconds', () => {
  const recordsAll = async (plugIn: () => Promise<Hardware>): Promise<void> => {
    const hardware = await plugIn();
    try {
      expect(await burst(hardware)).toEqual(RATINGS.map(() => PUSHES / RATINGS.length));
    } finally {
      await hardware.remove();
    }
  };
  it.each(Object.entries({ firmata, gpio, serial }))('are all recorded, and none twice: %s', (_, plugIn) =>
    recordsAll(plugIn),
  );
});
