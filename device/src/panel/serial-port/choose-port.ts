import type { PanelFaultCode } from '../driver/panel-driver.js';
import { describeSerialPort, type SerialPortInfo } from './list-serial-ports.js';

/** The port to open, or why there is none. */
export type PortChoice = { path: string } | { code: PanelFaultCode; detail: string };

/** A configured path is taken as it is; `auto` takes the only port over USB: a guess between two would be wrong one day. */
export function choosePort(configured: string, listPorts: () => SerialPortInfo[]): PortChoice {
  if (configured !== 'auto') return { path: configured };
  const ports = listPorts().filter((port) => port.vendorId !== undefined);
  const [only, ...others] = ports;
  if (only === undefined) return { code: 'panel-not-found', detail: 'no USB serial port is plugged in' };
  if (others.length === 0) return { path: only.path };
  const names = ports.map(describeSerialPort).join('; ');
  return { code: 'panel-several-found', detail: `name one of these as panel.port: ${names}` };
}
