import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GpioPanelDriver, SystemClock } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { DriverWatch } from './driver-watch.js';

/**
 * A chip that the kernel simulates (module gpio-sim, at least 6 lines): real lines of this machine might drive
 * anything and are never touched.
 */
function simulatedChip(): { chip: string; folder: string } | { obstacle: string } {
  const devices = '/sys/bus/platform/devices';
  const names = existsSync(devices) ? readdirSync(devices).filter((name) => name.startsWith('gpio-sim.')) : [];
  for (const name of names) {
    const chip = readdirSync(join(devices, name)).find((entry) => /^gpiochip[0-9]+$/.test(entry));
    if (chip === undefined) continue;
    try {
      const version = execFileSync('gpiomon', ['--version'], { encoding: 'utf8' });
      return / v[2-9]/.test(version)
        ? { chip, folder: join(devices, name, chip) }
        : { obstacle: 'gpiomon is not libgpiod 2' };
    } catch (error) {
      return { obstacle: `gpiomon does not run: ${String(error)}` };
    }
  }
  return { obstacle: 'no GPIO chip of the module gpio-sim' };
}

const found = simulatedChip();
const reason = 'obstacle' in found ? ` (skipped: ${found.obstacle})` : '';

describe.skipIf(reason !== '')(`the real tools of libgpiod 2 on a simulated chip${reason}`, () => {
  it('give a push and take the light', async () => {
    if ('obstacle' in found) return;
    const lines = { 'very-unhappy': 0, unhappy: 1, happy: 2, 'very-happy': 3 };
    const driver = new GpioPanelDriver({
      config: { chip: found.chip, lines, led: 4, beeper: 5, activeLow: true },
      clock: new SystemClock('system', 0),
    });
    const watch = DriverWatch.open(driver);
    try {
      await watch.first('ready');
      for (const pull of ['pull-down', 'pull-up']) writeFileSync(join(found.folder, 'sim_gpio2/pull'), pull);
      await watch.until(() => watch.all('edge').length === 2, 'two edges');
      expect(watch.all('edge').map(({ edge }) => [edge.button, edge.down])).toEqual([
        [2, true],
        [2, false],
      ]);
      driver.light(true);
    } finally {
      await driver.close();
    }
  });
});
