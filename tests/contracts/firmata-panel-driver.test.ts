import { FirmataPanelDriver, firmataPanelConfigSchema, SystemClock } from '@hymio/device';
import { EmulatedFirmataBoard } from '../support/firmata-board/emulated-firmata-board.js';
import { describeWith } from '../support/requirements.js';
import { until } from '../support/until.js';
import { type PanelHardware, panelDriverContract } from './panel-driver-contract.js';

/** Beeper and two buttons share a port of eight with the light; the others are on another one. */
const PINS = [2, 7, 8, 12] as const;
const OUTPUTS = { light: 13, beeper: 9 };

async function plugIn(): Promise<PanelHardware> {
  const board = await EmulatedFirmataBoard.plugged();
  const clock = new SystemClock('system', 0);
  const config = firmataPanelConfigSchema.parse({
    type: 'firmata',
    port: board.path,
    pins: PINS,
    led: OUTPUTS.light,
    beeper: OUTPUTS.beeper,
  });
  return {
    makeDriver: () => new FirmataPanelDriver({ config, clock }),
    reports: 'edges',
    contact: (button, closed) => board.contact(PINS[button], closed),
    shows: async (what, on) => {
      await until(
        `${what} ${on}`,
        async () => board.outputs(OUTPUTS[what]).at(-1)?.high ?? false,
        (high) => high === on,
      );
    },
    cable: { unplug: () => board.unplug(), plug: () => board.plug(), fault: 'panel-unplugged' },
    now: () => clock.monotonic(),
    remove: () => board.remove(),
  };
}

describeWith(['socat'], 'StandardFirmata in an emulated Arduino', () => {
  panelDriverContract('the Firmata driver', plugIn);
});
