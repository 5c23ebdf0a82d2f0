import { setTimeout as wait } from 'node:timers/promises';
import type { PanelDriver } from '@hymio/device';
import { startFirmware } from './bench-firmware.js';
import type { BenchPanel } from './bench-panel.js';

export const PUSHES = 150;
const PUSHES_ALONE = 50;
const WARM_UP = 10;
const BUTTON = 2;
/** The firmware's greeting is over by then. */
const GREETING_MS = 1_000;
/** Between a light that went off and the next push: more than the button is held, and the lockout, on a busy machine. */
const PAUSE_MS = 130;
const PATIENCE_MS = 10_000;

/** ms from each push to the command for the light, through the firmware. */
export async function throughFirmware(panel: BenchPanel, folder: string): Promise<number[]> {
  const { terminal, supervised } = await startFirmware(panel, folder);
  try {
    await wait(GREETING_MS);
    // What thanks look like is not measured: it goes dark again at once.
    return await pushTimes(panel, PUSHES, () => supervised.show('off'));
  } finally {
    await terminal.stop();
  }
}

/** The same with the driver alone, which is told to light up on the edge, or press. */
export async function driverAlone(panel: BenchPanel): Promise<number[]> {
  const driver = panel.makeDriver();
  await lit(driver);
  try {
    return await pushTimes(panel, PUSHES_ALONE, () => driver.light(false));
  } finally {
    await driver.close();
  }
}

function lit(driver: PanelDriver): Promise<void> {
  return new Promise((resolve, reject) => {
    driver.open({
      ready: () => resolve(),
      failed: (code, detail) => reject(new Error(`${code}: ${detail}`)),
      edge: ({ down }) => {
        if (down) driver.light(true);
      },
      press: ({ panelBoot, number }) => {
        driver.settle(panelBoot, number);
        driver.light(true);
      },
    });
  });
}

async function pushTimes(panel: BenchPanel, pushes: number, darken: () => void): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < WARM_UP + pushes; count += 1) times.push(await pushOnce(panel, darken));
  return times.slice(WARM_UP);
}

/** ms from the push to the light; returns when the light is off again. */
async function pushOnce(panel: BenchPanel, darken: () => void): Promise<number> {
  let pushedMs = Number.NaN;
  let took = Number.NaN;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a push had no light')), PATIENCE_MS);
    panel.onPush = (atMs) => {
      pushedMs = atMs;
    };
    panel.onLight = (on, atMs) => {
      if (on) {
        took = atMs - pushedMs;
        darken();
        return;
      }
      clearTimeout(timer);
      resolve();
    };
    panel.push(BUTTON);
  });
  await wait(PAUSE_MS);
  return took;
}
