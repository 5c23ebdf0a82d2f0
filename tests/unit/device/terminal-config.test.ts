import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTerminalConfig } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = memoryFolder('hymio-config-');
  file = join(folder, 'terminal.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SMALLEST = `
terminal: kallio-1
data: ./terminal-data
broker: { url: mqtt://127.0.0.1:1883 }
panel: { type: stdin }
`;

function fault(content: string): string {
  writeFileSync(file, content);
  try {
    readTerminalConfig(file);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('the configuration was accepted');
}

describe("the terminal's configuration", () => {
  it('needs four keys; paths are relative to the file', () => {
    writeFileSync(file, `${SMALLEST}\n`);
    expect(readTerminalConfig(file)).toEqual({
      terminal: 'kallio-1',
      data: join(folder, 'terminal-data'),
      broker: { url: 'mqtt://127.0.0.1:1883' },
      panel: { type: 'stdin' },
      clock: { source: 'auto' },
      log: { level: 'info' },
    });
  });

  it('names every fault at once, with its path', () => {
    const message = fault(`
terminal: Kallio 1
broker: { url: http://x, pasword: y }
panel: { type: buttons }
clock: { source: sundial }
colour: red
`);
    for (const path of ['terminal:', 'data:', 'broker.url:', 'pasword', 'panel.type:', 'clock.source:', 'colour']) {
      expect(message).toContain(path);
    }
  });

  it.each(['mqtt://h:99999', 'mqtt://[::1'])('refuses the address %s, which nobody could reach', (url) => {
    expect(fault(SMALLEST.replace('mqtt://127.0.0.1:1883', JSON.stringify(url)))).toContain('broker.url');
  });

  it.each(['', 'just text', '- a\n- b', 'a: [', '\u0000', '['.repeat(3_000)])(
    'refuses what is no configuration: %j',
    (content) => {
      expect(fault(content)).toContain(file);
    },
  );

  it('says where a file is no YAML', () => {
    expect(fault('terminal: kallio-1\n\tdata: d\n')).toMatch(/is not valid YAML at line 2, column 1: \S/);
  });

  it('says so where the file is missing', () => {
    expect(() => readTerminalConfig(join(folder, 'none.yaml'))).toThrow(
      expect.objectContaining({ code: 'config-unreadable' }),
    );
  });
});
