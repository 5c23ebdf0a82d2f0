import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { choosePort, describeSerialPort, listSerialPorts, openFault } from '@hymio/device';
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
