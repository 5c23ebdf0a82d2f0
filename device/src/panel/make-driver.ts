import type { Clock } from '@hymio/protocol';
import type { TerminalConfig } from '../config/terminal-config.js';
import type { PanelDriver } from './driver/panel-driver.js';
import { FirmataPanelDriver } from './firmata/firmata-panel-driver.js';
import { GpioPanelDriver } from './gpio/gpio-panel-driver.js';
import { SerialPanelDriver } from './serial/serial-panel-driver.js';

/** The configuration of a panel with hardware. */
export type HardwarePanelConfig = Exclude<TerminalConfig['panel'], { type: 'stdin' }>;

/** A fresh driver for one attempt. `rawEdges`: also of a panel that debounces by itself. */
export function makeDriver(config: HardwarePanelConfig, clock: Clock, rawEdges = false): PanelDriver {
  switch (config.type) {
    case 'firmata':
      return new FirmataPanelDriver({ config, clock });
    case 'gpio':
      return new GpioPanelDriver({ config, clock });
    case 'serial':
      return new SerialPanelDriver({ port: config.port, baudRate: config.baudRate, clock, rawEdges });
  }
}
