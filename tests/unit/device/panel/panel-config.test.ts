import { gpioPanelConfigSchema, serialPanelConfigSchema } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const schema = z.discriminatedUnion('type', [serialPanelConfigSchema, gpioPanelConfigSchema]);
const LINES = { 'very-unhappy': 'GPIO17', unhappy: 27, happy: 'GPIO22', 'very-happy': 23 };

describe('the configuration of a panel', () => {
  it('needs little', () => {
    expect(schema.parse({ type: 'serial' })).toEqual({ type: 'serial', port: 'auto', baudRate: 115200 });
    expect(schema.parse({ type: 'gpio', lines: LINES })).toEqual({ type: 'gpio', lines: LINES, activeLow: true });
  });

  it('may say all', () => {
    const serial = { type: 'serial', port: '/dev/serial/by-id/usb-x', baudRate: 57600 };
    const gpio = { type: 'gpio', chip: 'gpiochip0', lines: LINES, led: 24, beeper: 'GPIO25', activeLow: false };
    expect([serial, gpio].map((config) => schema.parse(config))).toEqual([serial, gpio]);
  });

  it.each([
    [{ type: 'serial', port: 'ttyACM0' }, 'port'],
    [{ type: 'serial', baudRate: 1234 }, 'baudRate'],
    [{ type: 'serial', prot: 'auto' }, ''],
    [{ type: 'gpio' }, 'lines'],
    [{ type: 'gpio', lines: { ...LINES, happy: undefined } }, 'lines.happy'],
    [{ type: 'gpio', lines: { ...LINES, happy: -1 } }, 'lines.happy'],
    [{ type: 'gpio', lines: { ...LINES, happy: '--help' } }, 'lines.happy'],
    [{ type: 'gpio', lines: { ...LINES, happy: 17 } }, 'lines'],
    [{ type: 'gpio', lines: LINES, led: 'GPIO23' }, 'lines'],
    [{ type: 'gpio', lines: LINES, chip: '../etc/passwd' }, 'chip'],
    [{ type: 'gpio', lines: LINES, led: 24, beeper: 24 }, 'lines'],
  ])('is refused with the path of the fault: %j', (config, path) => {
    const { error } = schema.safeParse(config);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
