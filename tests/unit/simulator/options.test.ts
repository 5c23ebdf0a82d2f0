import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { readFleetOptions, readVerifyOptions } from '@hymio/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hymio-options-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function errorOf(act: () => unknown): HymioError {
  try {
    act();
  } catch (error) {
    if (error instanceof HymioError) return error;
  }
  throw new Error('no coded error');
}

describe('options', () => {
  it('have defaults, come from a file relative to it, and from the command line over it', () => {
    const file = join(folder, 'fleet.yaml');
    writeFileSync(file, 'data: ./journals\nledger: truth.ndjson\nterminals: 3\nfaults: many\n');
    const options = readFleetOptions({ terminals: 5 }, file);
    expect(options).toMatchObject({
      data: join(folder, 'journals'),
      ledger: join(folder, 'truth.ndjson'),
      terminals: 5,
      faults: 'many',
      gatewayMqtt: 'mqtt://127.0.0.1:1883',
    });
  });

  it('are refused with every fault at once', () => {
    const given = { data: 'd', terminals: Number.NaN, days: -1, faults: 'all', seeds: 1, timezone: 'Europe/Nowhere' };
    const { code, message } = errorOf(() => readFleetOptions(given));
    expect(code).toBe('config-invalid');
    for (const path of ['ledger', 'terminals', 'days', 'faults', 'seeds', 'timezone']) expect(message).toContain(path);
  });

  it('from a file that is none are refused', () => {
    expect(errorOf(() => readVerifyOptions({}, join(folder, 'none.yaml'))).code).toBe('config-unreadable');
    const file = join(folder, 'list.yaml');
    writeFileSync(file, '- a\n');
    expect(errorOf(() => readVerifyOptions({}, file)).code).toBe('config-invalid');
    writeFileSync(file, 'ledger: l\nledger: m\n');
    expect(errorOf(() => readVerifyOptions({}, file)).message).toContain('is not valid YAML at line 2, column 1: ');
  });
});
