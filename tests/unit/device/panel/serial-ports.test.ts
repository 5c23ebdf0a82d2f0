import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  choosePort,
  describeSerialPort,
  isProbablyPanel,
  type ListedPort,
  listSerialPorts,
  mayOpen,
  openFault,
  PANEL_VENDORS,
  portLines,
} from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hymio-ports-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folders = () => ({ tty: join(root, 'class/tty'), byId: join(root, 'by-id'), dev: '/dev' });

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(target, { recursive: true });
  symlinkSync(target, path);
}

/** A board as sysfs shows it: the tty's device is an interface of the USB device that has the names. */
function plugUsb(tty: string, names: Record<string, string>, byId?: string): void {
  const usb = join(root, 'devices/usb1/1-1', tty);
  link(join(usb, '1-1:1.0'), join(root, 'class/tty', tty, 'device'));
  for (const [file, text] of Object.entries(names)) writeFileSync(join(usb, file), `${text}\n`);
  if (byId !== undefined) {
    mkdirSync(join(root, 'by-id'), { recursive: true });
    symlinkSync(`../../${tty}`, join(root, 'by-id', byId));
  }
}

const UNO = { idVendor: '2341', idProduct: '0043', manufacturer: 'Arduino (www.arduino.cc)', serial: '8533' };

describe('the list of serial ports', () => {
  it('names what is behind a USB port and the path that lasts', () => {
    plugUsb('ttyACM0', UNO, 'usb-Arduino_0043_8533-if00');
    expect(listSerialPorts(folders())).toEqual([
      {
        path: '/dev/ttyACM0',
        byId: join(root, 'by-id/usb-Arduino_0043_8533-if00'),
        vendorId: '2341',
        productId: '0043',
        manufacturer: 'Arduino (www.arduino.cc)',
        serialNumber: '8533',
      },
    ]);
  });

  it("leaves out virtual consoles and ports that are not there; keeps the board's own UART", () => {
    mkdirSync(join(root, 'class/tty/tty1'), { recursive: true });
    link(join(root, 'devices/platform/serial8250/tty/ttyS0'), join(root, 'class/tty/ttyS0/device'));
    link(join(root, 'devices/platform/soc/3f201000.serial'), join(root, 'class/tty/ttyAMA0/device'));
    const ports = listSerialPorts(folders());
    expect(ports).toEqual([{ path: '/dev/ttyAMA0' }]);
    expect(ports.map(describeSerialPort)).toEqual(['/dev/ttyAMA0: unnamed (not USB)']);
  });

  it('is empty where the kernel shows none', () => {
    expect(listSerialPorts(folders())).toEqual([]);
  });
});

describe('what is said of the ports', () => {
  const uno: ListedPort = {
    path: '/dev/ttyACM0',
    byId: '/dev/serial/by-id/usb-Arduino-if00',
    vendorId: '2341',
    productId: '0043',
    manufacturer: 'Arduino',
    product: 'Uno',
    serialNumber: '8533',
    probablyPanel: true,
    mayOpen: true,
  };
  const uart: ListedPort = { path: '/dev/ttyAMA0', probablyPanel: false, mayOpen: false };

  it('is everything that an installer needs, the likely panel first', () => {
    expect(portLines([uart, uno])).toEqual([
      '/dev/ttyACM0',
      '  what          Arduino Uno',
      '  USB           2341:0043 (Arduino)',
      '  serial number 8533',
      '  lasting name  /dev/serial/by-id/usb-Arduino-if00',
      '  panel         probably: panels are built with these',
      '  access        you may open it',
      '/dev/ttyAMA0',
      '  USB           no: a port of the computer itself',
      '  panel         probably not',
      '  access        DENIED to you; on Debian its group is dialout',
      'configure panel.port: /dev/serial/by-id/usb-Arduino-if00',
    ]);
  });

  it('is no guess between two, nor where none looks like a panel', () => {
    expect(portLines([uno, { ...uno, path: '/dev/ttyACM1' }]).at(-1)).toMatch(/^several could be the panel/);
    expect(portLines([uart]).at(-1)).toBe('none looks like a panel');
    expect(portLines([])).toEqual([expect.stringContaining('no serial port')]);
  });

  it('takes the makers for those of panels that may be opened by udev rules', () => {
    const rules = readFileSync(new URL('../../../../device/systemd/99-hymio.rules', import.meta.url), 'utf8');
    const makers = [...rules.matchAll(/ATTRS?\{idVendor\}=="([^"]+)"/g)].map(([, listed]) => listed?.split('|'));
    expect(makers.length).toBeGreaterThan(0);
    for (const listed of makers) expect(listed?.toSorted()).toEqual(Object.keys(PANEL_VENDORS).toSorted());
  });

  it('tells a port that may be opened from one that may not', () => {
    const path = join(root, 'tty');
    writeFileSync(path, '');
    expect(mayOpen({ path })).toBe(true);
    expect(mayOpen({ path: join(root, 'gone') })).toBe(false);
    expect(isProbablyPanel(uno)).toBe(true);
    expect(isProbablyPanel(uart)).toBe(false);
  });
});

describe("which port is the panel's", () => {
  const choose = (configured: string) => choosePort(configured, () => listSerialPorts(folders()));

  it('is the configured one, there or not', () => {
    expect(choose('/dev/ttyUSB7')).toEqual({ path: '/dev/ttyUSB7' });
  });

  it('is the only USB port with auto', () => {
    link(join(root, 'devices/platform/soc/3f201000.serial'), join(root, 'class/tty/ttyAMA0/device'));
    plugUsb('ttyACM0', UNO);
    expect(choose('auto')).toEqual({ path: '/dev/ttyACM0' });
  });

  it('is not guessed between two: the fault names both', () => {
    plugUsb('ttyACM0', UNO);
    plugUsb('ttyUSB0', { idVendor: '1a86', idProduct: '7523', product: 'USB Serial' });
    expect(choose('auto')).toEqual({
      code: 'panel-several-found',
      detail: expect.stringMatching(/ttyACM0.*Arduino.*ttyUSB0.*USB Serial.*1a86:7523/),
    });
  });

  it('is missing with auto where none is plugged in', () => {
    expect(choose('auto')).toMatchObject({ code: 'panel-not-found' });
  });
});

describe('a port that does not open', () => {
  // The messages are serialport 13's, with the kernel's words in them.
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'panel-not-found'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'panel-permission-denied'],
    ['Error Resource temporarily unavailable Cannot lock port', 'panel-line-busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'panel-line-busy'],
    ['Inappropriate ioctl for device, cannot get', 'panel-wrong-port'],
    ['something never seen', 'panel-failed'],
  ])('%s', (message, code) => {
    const fault = openFault('/dev/ttyACM0', message);
    expect(fault.code).toBe(code);
    expect(fault.detail).toContain('/dev/ttyACM0');
  });
});
