import { SerialPanelDriver, type SerialPanelOptions, SystemClock } from '@hymio/device';
import { EmulatedSerialPanel, type EmulatedSerialPanelOptions } from '../../../support/emulated-serial-panel.js';
import { until } from '../../../support/until.js';
import { DriverWatch } from './driver-watch.js';

/** An opened driver with what it reports. */
export interface Opened {
  driver: SerialPanelDriver;
  watch: DriverWatch;
}

/** Emulated panels and drivers on them, all undone at the end of a test. */
export class SerialRig {
  readonly clock = new SystemClock('system', 0);
  readonly #undo: (() => Promise<void> | void)[] = [];

  async panel(options?: EmulatedSerialPanelOptions): Promise<EmulatedSerialPanel> {
    const panel = new EmulatedSerialPanel(options);
    this.later(() => panel.stop());
    await panel.start();
    return panel;
  }

  open(path: string, options: Partial<SerialPanelOptions> = {}): Opened {
    const driver = new SerialPanelDriver({ port: path, baudRate: 115200, clock: this.clock, ...options });
    const watch = DriverWatch.open(driver);
    this.later(() => driver.close());
    return { driver, watch };
  }

  later(undo: () => Promise<void> | void): void {
    this.#undo.push(undo);
  }

  async clean(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
  }
}

/** Takes presses as the journal does: each identity once, settled at once, again where it is repeated. */
export class Keeper {
  readonly kept = new Map<string, number>();

  keep({ driver, watch }: Opened): void {
    watch.onPress = ({ panelBoot, number, button }) => {
      this.kept.set(`${panelBoot}/${number}`, button);
      driver.settle(panelBoot, number);
    };
  }
}

export function settled(panel: EmulatedSerialPanel): Promise<number> {
  return until(
    'every press settled',
    async () => panel.waiting,
    (waiting) => waiting === 0,
  );
}
