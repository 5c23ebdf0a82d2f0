import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOOP_DISK_NEEDS, LoopDisk } from '../support/loop-disk.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';

const NO_BROKER = 1;

/** Writes a file until the disk has no room left but `spareBytes`. */
function fill(file: string, spareBytes: number): void {
  const spare = `${file}.spare`;
  writeFileSync(spare, Buffer.alloc(spareBytes));
  const handle = openSync(file, 'w');
  try {
    for (const size of [65_536, 1_024]) {
      for (;;) writeSync(handle, Buffer.alloc(size));
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
  rmSync(spare);
}

describeWith(LOOP_DISK_NEEDS, 'a terminal whose disk is full', () => {
  let bench: TestBench;
  let disk: string;

  beforeEach(async () => {
    bench = new TestBench('full-disk');
    const format = ['-b', '1024', '-O', '^has_journal'];
    const small = await LoopDisk.ofThisProcess(bench.folder, 'small', { bytes: 8 * 2 ** 20, format });
    bench.afterwards(() => small.remove());
    await small.make();
    disk = small.folder;
  });
  afterEach(() => bench.clear());

  it('refuses to start where nothing can be written at all, and says what to do', async () => {
    fill(`${disk}/ballast`, 0);
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER, { data: disk });
    const { child } = new TerminalProgram(bench, 'kallio-1', config);
    expect(await child.exited).toMatchObject({ code: 1 });
    expect(child.lines.at(-1)).toMatch(/Free space on the disk\. \[journal-full\]$/);
  });

  it('says not-kept, takes presses again once there is room, and has every press that it said is kept', async () => {
    fill(`${disk}/ballast`, 150 * 1024);
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER, { data: disk, log: { level: 'silent' } });
    const terminal = new TerminalProgram(bench, 'kallio-1', config);
    terminal.push(...new Array<number>(2_000).fill(2));
    const [, code] = await terminal.child.line(/^not-kept rating=2 error=(\S+)/);
    expect(code).toBe('journal-full');
    const keptBefore = terminal.kept().length;
    expect(keptBefore).toBeGreaterThan(0);
    // The last answer of them all: what nobody has read yet of what is said goes with the process.
    terminal.push(1);
    await terminal.child.line(/^(not-)?kept .*rating=1/);
    rmSync(`${disk}/ballast`);
    expect(await terminal.press(3)).toMatchObject({ rating: 3 });
    await terminal.stop('SIGKILL');
    const again = new TerminalProgram(bench, 'kallio-1', config);
    await again.press(1);
    await again.stop('SIGTERM');
    const status = bench.node(
      'status',
      new URL('../../device/dist/cli/main.js', import.meta.url).pathname,
      'status',
      '--json',
      '--config',
      config,
    );
    await status.exited;
    const { held } = JSON.parse(status.lines.join('')) as { held: number };
    // The kill may have come between a commit and its line.
    expect([1, 2]).toContain(held - terminal.kept().length);
  });
});
