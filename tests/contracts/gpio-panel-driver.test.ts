import { GpioPanelDriver, gpioPanelConfigSchema, SystemClock } from '@hymio/device';
import { StandInBoard } from '../support/gpio-stand-in/stand-in-board.js';
import { until } from '../support/until.js';
import { type PanelHardware, panelDriverContract } from './panel-driver-contract.js';

const OFFSETS = [17, 27, 22, 23] as const;
const OUTPUTS = { light: 24, beeper: 25 };

/** Pins have no cable that could be pulled: what can happen to the tools is tested with the driver. */
async function plugIn(): Promise<PanelHardware> {
  const board = new StandInBoard();
  await board.start();
  const clock = new SystemClock('system', 0);
  const [veryUnhappy, unhappy, happy, veryHappy] = OFFSETS;
  const config = gpioPanelConfigSchema.parse({
    type: 'gpio',
    lines: { 'very-unhappy': veryUnhappy, unhappy, happy, 'very-happy': veryHappy },
    led: OUTPUTS.light,
    beeper: OUTPUTS.beeper,
  });
  return {
    makeDriver: () => new GpioPanelDriver({ config, clock, environment: board.environment }),
    reports: 'edges',
    contact: (button, closed) => board.level(OFFSETS[button], !closed),
    shows: async (what, on) => {
      await until(
        `${what} ${on}`,
        async () => board.outputs().findLast((pair) => pair.startsWith(`${OUTPUTS[what]}=`)),
        (pair) => pair === `${OUTPUTS[what]}=${on ? 1 : 0}`,
      );
    },
    now: () => clock.monotonic(),
    remove: () => board.stop(),
  };
}

panelDriverContract('the gpio driver', plugIn);
