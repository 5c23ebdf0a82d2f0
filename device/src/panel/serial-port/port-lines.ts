import { PANEL_VENDORS, type SerialPortInfo } from './list-serial-ports.js';

/** A port with what `hymio-terminal ports` says of it besides. */
export interface ListedPort extends SerialPortInfo {
  probablyPanel: boolean;
  /** Whether who asks may open it. */
  mayOpen: boolean;
}

/** The list of ports for people: a paragraph for each, what could be a panel first, then what to configure. */
export function portLines(ports: readonly ListedPort[]): string[] {
  if (ports.length === 0)
    return ['no serial port is there: is the panel plugged in, and is it a cable that carries data?'];
  const sorted = [...ports].sort((a, b) => Number(b.probablyPanel) - Number(a.probablyPanel));
  return [...sorted.flatMap(describePort), advice(sorted.filter((port) => port.probablyPanel))];
}

function describePort(port: ListedPort): string[] {
  const { path, byId, vendorId, productId = '????', manufacturer, product, serialNumber } = port;
  const name = [manufacturer, product].filter((each) => each !== undefined).join(' ');
  const facts: [string, string | undefined][] = [
    ['what', name === '' ? undefined : name],
    [
      'USB',
      vendorId === undefined ? 'no: a port of the computer itself' : `${vendorId}:${productId}${maker(vendorId)}`,
    ],
    ['serial number', serialNumber],
    ['lasting name', byId ?? (vendorId === undefined ? undefined : 'none; is udev running?')],
    ['panel', port.probablyPanel ? 'probably: panels are built with these' : 'probably not'],
    ['access', port.mayOpen ? 'you may open it' : 'DENIED to you; on Debian its group is dialout'],
  ];
  const known = facts.filter(([, value]) => value !== undefined);
  return [path, ...known.map(([key, value]) => `  ${key.padEnd(14)}${value}`)];
}

function maker(vendorId: string): string {
  const name = PANEL_VENDORS[vendorId];
  return name === undefined ? '' : ` (${name})`;
}

function advice(candidates: readonly ListedPort[]): string {
  const [only, ...others] = candidates;
  if (only === undefined) return 'none looks like a panel';
  if (others.length > 0) return 'several could be the panel: name the right one as panel.port, by its lasting name';
  return `configure panel.port: ${only.byId ?? only.path}`;
}
