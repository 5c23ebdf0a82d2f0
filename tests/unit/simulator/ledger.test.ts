import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { LedgerFile, type LedgerLine, readLedger } from '@hymio/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const lines: LedgerLine[] = [
  { event: 'run', version: 1, seed: 5, from: 1_790_000_000_000, terminals: ['sim-1'] },
  {
    event: 'kept',
    terminal: 'sim-1',
    epoch: '11111111-1111-4111-8111-111111111111',
    seq: 1,
    rating: 0,
    trueAt: 1_790_000_000_100,
    wallAt: 12,
  },
  { event: 'unanswered', terminal: 'sim-1', rating: 2, trueAt: 1_790_000_000_200 },
];
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hymio-ledger-'));
  file = join(folder, 'new', 'ledger.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(some: readonly LedgerLine[]): void {
  const ledger = new LedgerFile(file);
  for (const line of some) ledger.write(line);
  ledger.close();
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof HymioError) return error.code;
  }
  return 'no coded error';
}

describe('the ledger', () => {
  it('gives back what was written, also in a second go', () => {
    write(lines.slice(0, 2));
    write(lines.slice(2));
    expect(readLedger(file)).toEqual({ runs: [lines[0]], kept: [lines[1]], unanswered: [lines[2]] });
  });

  it('leaves out the line that a killed simulator was writing', () => {
    write(lines);
    appendFileSync(file, '{"event":"kept","termi');
    expect(readLedger(file).kept).toHaveLength(1);
  });

  it('refuses a file that is no ledger, with the line', () => {
    write(lines);
    appendFileSync(file, '{"event":"kept","terminal":"sim-1"}\n');
    expect(() => readLedger(file)).toThrow(`${file}:4`);
    expect(codeOf(() => readLedger(file))).toBe('ledger-malformed');
    expect(codeOf(() => readLedger(join(folder, 'none')))).toBe('ledger-unreadable');
  });

  it('says where it cannot be written', () => {
    writeFileSync(join(folder, 'new'), '');
    expect(codeOf(() => new LedgerFile(file))).toBe('ledger-unwritable');
  });
});
