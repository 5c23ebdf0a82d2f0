import { isProbablyPanel, listSerialPorts, mayOpen } from '../panel/serial-port/list-serial-ports.js';
import { portLines } from '../panel/serial-port/port-lines.js';

/** Prints the serial ports with what is behind them; nothing is opened to find out, as that would restart some boards. */
export function listPorts(json: boolean): void {
  const ports = listSerialPorts().map((port) => ({
    ...port,
    probablyPanel: isProbablyPanel(port),
    mayOpen: mayOpen(port),
  }));
  process.stdout.write(json ? `${JSON.stringify({ ports })}\n` : `${portLines(ports).join('\n')}\n`);
}
