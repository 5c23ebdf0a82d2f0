import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { GpioPanelDriver, SystemClock } from '@hymio/device';
import { expect, it } from 'vitest';
import { StandInBoard } from '../../../support/gpio-stand-in/stand-in-board.js';
import { describeWith } from '../../../support/requirements.js';
import { until } from '../../../support/until.js';
import { DriverWatch } from './driver-watch.js';

const CONFIG = {
  lines: { 'very-unhappy': 17, unhappy: 27, happy: 22, 'very-happy': 23 },
  led: 24,
  activeLow: true,
};

describeWith(['setpriv'], 'the tools of a firmware that was killed', () => {
  it('die with it and leave the lines to the next start', async () => {
    const board = new StandInBoard();
    await board.start();
    const holder = fileURLToPath(new URL('hold-gpio-panel.mjs', import.meta.url));
    const firmware = spawn(process.execPath, [holder, JSON.stringify(CONFIG)], {
      env: { ...process.env, ...board.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(firmware.stdout, 'data')) as [Buffer];
    expect(said.toString().trim()).toBe('ready');
    await until(
      'the light',
      async () => board.outputs(),
      (outputs) => outputs.includes('24=1'),
    );
    firmware.kill('SIGKILL');
    await once(firmware, 'exit');

    const driver = new GpioPanelDriver({
      config: CONFIG,
      clock: new SystemClock('system', 0),
      environment: board.environment,
    });
    const watch = DriverWatch.open(driver);
    try {
      await watch.first('ready');
      expect(board.outputs().at(-1)).toBe('24=0');
    } finally {
      await driver.close();
      await board.stop();
    }
  });
});
