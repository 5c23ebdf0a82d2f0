import { SerialPanelDriver, SystemClock } from '@hymio/device';
import { EmulatedSerialPanel } from '../support/emulated-serial-panel.js';
import { describeWith } from '../support/requirements.js';
import { until } from '../support/until.js';
import { type PanelHardware, panelDriverContract } from './panel-driver-contract.js';

async function plugIn(): Promise<PanelHardware> {
  const panel = new EmulatedSerialPanel();
  await panel.start();
  const clock = new SystemClock('system', 0);
  return {
    makeDriver: () => new SerialPanelDriver({ port: panel.path, baudRate: 115200, clock }),
    reports: 'presses',
    contact: (button, closed) => void panel.contact(button, closed),
    shows: async (what, on) => {
      await until(
        `${what} ${on}`,
        async () => (what === 'light' ? panel.light : panel.beeping),
        (shown) => shown === on,
      );
    },
    cable: { unplug: () => panel.unplug(), plug: () => panel.plug(), fault: 'panel-unplugged' },
    now: () => clock.monotonic(),
    remove: () => panel.stop(),
  };
}

describeWith(['socat'], 'a panel with a microcontroller of its own', () => {
  panelDriverContract('the serial driver', plugIn);
});
