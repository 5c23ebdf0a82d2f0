import { accessSync, constants, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A serial port with what is behind it, as the kernel tells it; nothing is opened to find out. */
export interface SerialPortInfo {
  path: string;
  /** A name that stays the same over replugging, where udev made one. */
  byId?: string;
  /** Present for ports over USB: four hexadecimal digits each. */
  vendorId?: string;
  productId?: string;
  manufacturer?: string;
  product?: string;
  serialNumber?: string;
}

/** Makers of the boards and USB adapters that panels are built with; as in device/systemd/99-hymio.rules. */
export const PANEL_VENDORS: Readonly<Record<string, string>> = {
  '2341': 'Arduino',
  '2a03': 'Arduino',
  '1a86': 'CH340',
  '0403': 'FTDI',
  '10c4': 'CP210x',
  '239a': 'Adafruit',
  '2e8a': 'Raspberry Pi Pico',
  '16c0': 'Teensy',
};

/** True where it has a USB maker that panels are built with: a guess, since nothing is opened. */
export function isProbablyPanel({ vendorId }: SerialPortInfo): boolean {
  return vendorId !== undefined && vendorId in PANEL_VENDORS;
}

/** True where this process may read and write the device file. */
export function mayOpen({ path }: SerialPortInfo): boolean {
  return missing(() => accessSync(path, constants.R_OK | constants.W_OK) ?? true) ?? false;
}

/** Where the kernel and udev tell of ports; other folders only in tests. */
export interface SerialPortFolders {
  tty: string;
  byId: string;
  dev: string;
}

const FOLDERS: SerialPortFolders = { tty: '/sys/class/tty', byId: '/dev/serial/by-id', dev: '/dev' };
/** A USB port hangs at most this many folders below the USB device that describes it. */
const MAX_DEPTH = 6;

/** All serial ports that a device stands behind, sorted by path; empty where the kernel shows none. */
export function listSerialPorts(folders: SerialPortFolders = FOLDERS): SerialPortInfo[] {
  const links = byIdLinks(folders);
  return entries(folders.tty)
    .map((name) => describePort(name, folders, links))
    .filter((port) => port !== undefined)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One line for people: path, maker, product, USB numbers, lasting name. */
export function describeSerialPort(port: SerialPortInfo): string {
  const names = [port.manufacturer, port.product].filter((name) => name !== undefined).join(' ');
  const usb = port.vendorId === undefined ? 'not USB' : `USB ${port.vendorId}:${port.productId ?? '????'}`;
  const serial = port.serialNumber === undefined ? '' : `, serial number ${port.serialNumber}`;
  const byId = port.byId === undefined ? '' : `, ${port.byId}`;
  return `${port.path}: ${names === '' ? 'unnamed' : names} (${usb}${serial}${byId})`;
}

function describePort(
  name: string,
  folders: SerialPortFolders,
  links: ReadonlyMap<string, string>,
): SerialPortInfo | undefined {
  const device = realOf(join(folders.tty, name, 'device'));
  // Virtual consoles have no device; the platform device "serial8250" stands for ports that are not there.
  if (device === undefined || device.includes('/platform/serial8250')) return undefined;
  const path = join(folders.dev, name);
  const byId = links.get(path);
  return { path, ...(byId === undefined ? {} : { byId }), ...usbFacts(device) };
}

function usbFacts(device: string): Omit<SerialPortInfo, 'path' | 'byId'> {
  let folder = device;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const vendorId = read(folder, 'idVendor');
    if (vendorId !== undefined) {
      return {
        vendorId,
        ...optional('productId', read(folder, 'idProduct')),
        ...optional('manufacturer', read(folder, 'manufacturer')),
        ...optional('product', read(folder, 'product')),
        ...optional('serialNumber', read(folder, 'serial')),
      };
    }
    folder = dirname(folder);
  }
  return {};
}

function byIdLinks({ byId, dev }: SerialPortFolders): Map<string, string> {
  const links = new Map<string, string>();
  for (const name of entries(byId)) {
    const target = missing(() => readlinkSync(join(byId, name)));
    if (target !== undefined) links.set(join(dev, basename(target)), join(byId, name));
  }
  return links;
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: string });
}

function realOf(path: string): string | undefined {
  return missing(() => realpathSync(path));
}

function read(folder: string, file: string): string | undefined {
  return missing(() => readFileSync(join(folder, file), 'utf8').trim());
}

function entries(folder: string): string[] {
  return missing(() => readdirSync(folder)) ?? [];
}

/** Devices come and go while they are listed: what has just gone is left out. */
function missing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
