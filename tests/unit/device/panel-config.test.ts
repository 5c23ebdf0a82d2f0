import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTerminalConfig, type TerminalConfig } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';

let folder: string;
beforeEach(() => {
  folder = memoryFolder('hymio-panel-config-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(panel: string, more = ''): TerminalConfig {
  const file = join(folder, 'terminal.yaml');
  writeFileSync(
    file,
    `terminal: kallio-1\ndata: ./data\nbroker: { url: mqtt://127.0.0.1:1883 }\npanel: ${panel}\n${more}\n`,
  );
  return readTerminalConfig(file);
}

const LINES = 'lines: { very-unhappy: 5, unhappy: 6, happy: GPIO13, very-happy: 19 }';

describe('the configuration of a panel', () => {
  it('of an Arduino needs its pins, by name or as a list from very unhappy to very happy', () => {
    const named = '{ very-happy: 5, happy: 4, unhappy: 3, very-unhappy: 2 }';
    for (const pins of ['[2, 3, 4, 5]', named]) {
      expect(read(`{ type: firmata, pins: ${pins}, led: 13 }`).panel).toEqual({
        type: 'firmata',
        port: 'auto',
        baudRate: 57_600,
        pins: [2, 3, 4, 5],
        led: 13,
        activeLow: true,
      });
    }
  });

  it.each([
    ['{ type: firmata }', 'panel.pins'],
    ['{ type: firmata, pins: [2, 3, 4] }', 'panel.pins'],
    ['{ type: firmata, pins: [2, 3, 4, 1] }', 'panel.pins'],
    ['{ type: firmata, pins: [2, 3, 4, 3] }', 'very-happy has the pin of unhappy'],
    ['{ type: firmata, pins: [2, 3, 4, 5], led: 5 }', 'led has the pin of very-happy'],
    ['{ type: firmata, pins: [2, 3, 4, 5], beeper: A0, led: A0 }', 'beeper has the pin of led'],
    ['{ type: firmata, pins: { happy: 2, unhappy: 3, very-happy: 4 } }', 'panel.pins'],
    ['{ type: firmata, pins: [2, 3, 4, 5], port: ttyUSB0 }', 'panel.port'],
    ['{ type: firmata, pins: [2, 3, 4, 5], baudRate: 1200 }', 'panel.baudRate'],
    ['{ type: firmata, pins: [2, 3, 4, 5], lamp: 6 }', 'lamp'],
    ['{ type: serial, port: ttyUSB0 }', 'panel.port'],
    ['{ type: gpio }', 'panel.lines'],
  ])('%s is refused for %s', (panel, words) => {
    expect(() => read(panel)).toThrow(expect.objectContaining({ message: expect.stringContaining(words) }));
  });

  it.each([
    ['gpio', `{ type: gpio, ${LINES}, led: 26 }`],
    ['serial', '{ type: serial }'],
    ['stdin', '{ type: stdin }'],
  ])('%s is accepted', (type, panel) => {
    expect(read(panel).panel.type).toBe(type);
  });

  it('may set the lockout, which must be longer than a bounce', () => {
    expect(read('{ type: serial }', 'buttons: { lockoutMs: 40 }').buttons).toEqual({ lockoutMs: 40 });
    expect(() => read('{ type: serial }', 'buttons: { lockoutMs: 5 }')).toThrow(/buttons\.lockoutMs/);
  });
});
