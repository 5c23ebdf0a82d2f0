import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { JOURNAL_NAME } from '@hymio/device';
import { weekOf } from '@hymio/gateway';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { SkewedClock, SkewedTerminal } from '../support/skewed-terminal.js';
import type { KeptPress } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

interface TerminalAnswer {
  state: { kind: string; faults: { code: string }[] };
  pending: number | null;
  missingPresses: number;
  lostPresses: number;
  lost: { epoch: string; from: number; to: number }[];
  incidents: { kind: string; epoch?: string; missing?: number; withdrawnAt?: number }[];
}

const identity = ({ epoch, seq, rating }: { epoch: string; seq: number; rating: number }) =>
  `${epoch} ${seq} ${rating}`;

describe('what becomes of a journal, seen from the gateway', () => {
  const bench = new TestBench('journals');
  const terminals: SkewedTerminal[] = [];
  let gateway: GatewayProgram;

  beforeAll(async () => {
    gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
  });
  afterEach(async () => {
    for (const terminal of terminals.splice(0)) await terminal.stop();
  });
  afterAll(() => bench.clear());

  const folderOf = (terminal: string) => bench.path(`${terminal}-data`);
  const journalOf = (terminal: string) => bench.path(`${terminal}-data`, JOURNAL_NAME);
  const show = (terminal: string) => gateway.json<TerminalAnswer>(`/api/v1/terminals/${terminal}`);
  const delivered = (terminal: string, count: number) =>
    until(
      `${count} of ${terminal}`,
      () => gateway.presses(terminal),
      (presses) => presses.length >= count,
    );

  function boot(terminal: string, { synced = true, folder = folderOf(terminal) } = {}): SkewedTerminal {
    const clock = new SkewedClock(Date.now(), { synced });
    const started = new SkewedTerminal({ terminal, folder, brokerPort: gateway.mqttPort, clock });
    terminals.push(started);
    started.start();
    return started;
  }
  const press = (terminal: SkewedTerminal, count: number): KeptPress[] =>
    Array.from({ length: count }, () => terminal.press(3));

  /** Reported to the gateway and not delivered, with so many that it holds already: an unset clock holds them back. */
  async function reportOnly(terminal: string, count: number, held = 0): Promise<KeptPress[]> {
    const first = boot(terminal, { synced: false });
    const kept = press(first, count);
    await first.stop();
    const second = boot(terminal, { synced: false });
    await until(
      'reported',
      async () => (await gateway.fetch(`/api/v1/terminals/${terminal}`)).status,
      (status) => status === 200,
    );
    await until(
      'pending',
      () => show(terminal),
      ({ pending }) => pending === held + count,
    );
    await second.stop();
    return kept;
  }
  function remove(terminal: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${journalOf(terminal)}${suffix}`, { force: true });
  }

  it('deleted after all was acknowledged: nothing is missing, and new presses are new', async () => {
    const first = boot('deleted-1');
    const kept = press(first, 3);
    await delivered('deleted-1', 3);
    await first.stop();
    remove('deleted-1');
    kept.push(...press(boot('deleted-1'), 2));
    const stored = await delivered('deleted-1', 5);
    expect(stored.map(identity)).toEqual(kept.map(identity));
    expect(await show('deleted-1')).toMatchObject({ lost: [], incidents: [], missingPresses: 0 });
  });

  it('deleted before anything was delivered: the gateway says how many presses are missing', async () => {
    const [lost] = await reportOnly('deleted-2', 4);
    remove('deleted-2');
    press(boot('deleted-2'), 1);
    await delivered('deleted-2', 1);
    const shown = await until(
      'incident',
      () => show('deleted-2'),
      ({ incidents }) => incidents.length > 0,
    );
    expect(shown.incidents).toMatchObject([{ kind: 'presses-missing', epoch: lost?.epoch, missing: 4 }]);
    expect(shown.missingPresses).toBe(4);
    const week = weekOf(Date.now(), 'Europe/Helsinki').id;
    const report = await gateway.json<{ incidents: object[] }>(`/api/v1/reports/weekly/${week}`);
    expect(report.incidents).toContainEqual(expect.objectContaining({ terminal: 'deleted-2', missing: 4 }));
  });

  it('put back after it was missing: the incident is withdrawn', async () => {
    const kept = await reportOnly('returned-1', 4);
    cpSync(folderOf('returned-1'), bench.path('drawer'), { recursive: true });
    remove('returned-1');
    const without = boot('returned-1');
    await until(
      'incident',
      () => show('returned-1'),
      ({ incidents }) => incidents.length > 0,
    );
    await without.stop();
    rmSync(folderOf('returned-1'), { recursive: true });
    cpSync(bench.path('drawer'), folderOf('returned-1'), { recursive: true });
    boot('returned-1');
    expect((await delivered('returned-1', 4)).map(identity)).toEqual(kept.map(identity));
    const shown = await until(
      'withdrawn',
      () => show('returned-1'),
      ({ missingPresses }) => missingPresses === 0,
    );
    expect(shown.incidents).toMatchObject([{ withdrawnAt: expect.any(Number) }]);
  });

  describe('damaged before anything was delivered', () => {
    const damage: [string, (file: string) => void][] = [
      ['cut short', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
      ['emptied', (file) => truncateSync(file, 0)],
      ['flipped in the middle', (file) => flip(file, 0.4, 0.6)],
      ['flipped at the start', (file) => flip(file, 0, 0.05)],
      ['overwritten', (file) => flip(file, 0, 1)],
    ];
    it.each(damage)('%s: every press is delivered, recorded as lost, or reported missing', async (how, spoil) => {
      const terminal = `damaged-${how.replaceAll(' ', '-')}`;
      const count = 300;
      const kept = await reportOnly(terminal, count);
      for (const suffix of ['-wal', '-shm']) rmSync(`${journalOf(terminal)}${suffix}`, { force: true });
      spoil(journalOf(terminal));
      const again = boot(terminal);
      const fresh = press(again, 2);
      const identities = new Set(kept.map(identity));
      await until(
        'all that is left is delivered',
        async () => again.pending(),
        (pending) => pending === 0,
      );
      const shown = await until(
        'every press accounted for',
        async () => {
          const stored = await gateway.presses(terminal);
          const old = stored.filter((press) => identities.has(identity(press))).length;
          const { lostPresses, missingPresses, state } = await show(terminal);
          return { old, strange: stored.length - old - fresh.length, lostPresses, missingPresses, state };
        },
        ({ old, lostPresses, missingPresses, state }) =>
          old + lostPresses + missingPresses === count && (how === 'emptied' || state.faults.length > 0),
      );
      expect(shown.strange).toBe(0);
      if (how !== 'emptied')
        expect(shown.state.faults).toContainEqual(expect.objectContaining({ code: 'journal-damaged' }));
    });
  });

  it('rolled back to an older state after its presses were acknowledged: nothing is doubled', async () => {
    const first = boot('rolled-1');
    const kept = press(first, 3);
    await delivered('rolled-1', 3);
    await first.stop();
    cpSync(folderOf('rolled-1'), bench.path('old-card'), { recursive: true });
    const second = boot('rolled-1');
    kept.push(...press(second, 3));
    await delivered('rolled-1', 6);
    await second.stop();
    rmSync(folderOf('rolled-1'), { recursive: true });
    cpSync(bench.path('old-card'), folderOf('rolled-1'), { recursive: true });
    kept.push(...press(boot('rolled-1'), 2));
    const stored = await delivered('rolled-1', 8);
    expect(stored.map(identity)).toEqual(kept.map(identity));
    expect(await show('rolled-1')).toMatchObject({ lost: [], incidents: [], missingPresses: 0 });
  });

  it('rolled back before its later presses were acknowledged: those are missing, the others are not', async () => {
    const first = boot('rolled-2', { synced: false });
    const kept = press(first, 2);
    await first.stop();
    cpSync(folderOf('rolled-2'), bench.path('older-card'), { recursive: true });
    const [later] = await reportOnly('rolled-2', 3, kept.length);
    rmSync(folderOf('rolled-2'), { recursive: true });
    cpSync(bench.path('older-card'), folderOf('rolled-2'), { recursive: true });
    kept.push(...press(boot('rolled-2'), 1));
    const stored = await delivered('rolled-2', 3);
    const shown = await until(
      'incident',
      () => show('rolled-2'),
      ({ incidents }) => incidents.length > 0,
    );
    expect(stored.map(identity)).toEqual(kept.map(identity));
    expect(shown.incidents).toMatchObject([{ kind: 'presses-missing', epoch: later?.epoch, missing: 3 }]);
    expect(shown).toMatchObject({ lost: [], missingPresses: 3 });
  });

  it('cloned onto a second terminal: each has its own presses, and the second says what it found', async () => {
    const first = boot('clone-1');
    const kept = press(first, 3);
    await delivered('clone-1', 3);
    await first.stop();
    cpSync(folderOf('clone-1'), folderOf('clone-2'), { recursive: true });
    const [one, two] = [boot('clone-1'), boot('clone-2')];
    kept.push(...press(one, 1));
    const own = press(two, 2);
    expect((await delivered('clone-1', 4)).map(identity)).toEqual(kept.map(identity));
    expect((await delivered('clone-2', 2)).map(identity)).toEqual(own.map(identity));
    const shown = await until(
      'fault',
      () => show('clone-2'),
      ({ state }) => state.faults.length > 0,
    );
    expect(shown.state.faults).toMatchObject([{ code: 'journal-of-another-terminal' }]);
    expect(shown).toMatchObject({ lost: [], incidents: [] });
  });

  it('cloned under the same id: both run and throw each other off the broker, and each press arrives once', async () => {
    const first = boot('twin-1');
    const kept = press(first, 3);
    await delivered('twin-1', 3);
    await first.stop();
    cpSync(folderOf('twin-1'), bench.path('twin-card'), { recursive: true });
    const twins = [boot('twin-1'), boot('twin-1', { folder: bench.path('twin-card') })];
    for (let turn = 0; turn < 5; turn += 1) {
      for (const twin of twins) kept.push(...press(twin, 2));
      await delivered('twin-1', kept.length);
    }
    const stored = await gateway.presses('twin-1');
    expect(stored.map(identity).sort()).toEqual(kept.map(identity).sort());
    // Each status knows only its own epoch: what the other still holds looks missing until it arrives.
    const shown = await until(
      'nothing missing',
      () => show('twin-1'),
      ({ missingPresses }) => missingPresses === 0,
    );
    expect(shown.lost).toEqual([]);
  });
});

/** Inverts every byte of a part of a file, given as shares of its length. */
function flip(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  const [first, end] = [Math.floor(bytes.length * from), Math.ceil(bytes.length * to)];
  for (let index = first; index < end; index += 1) bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}
