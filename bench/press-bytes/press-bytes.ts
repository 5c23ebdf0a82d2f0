import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { BareFile, layoutOf } from '../terminal/bare-file.js';
import { benchTerminal } from '../terminal/bench-terminal.js';
import { AckingTransport } from '../terminal/stub-transports.js';
import { LoopFileSystem } from './loop-file-system.js';

/** Until the write-ahead logs are at their full size. */
const WARM_UP = 1_200;
const PRESSES = 2_000;
/** Presses while the log of SQLite's defaults still grows, as it does after every start. */
const YOUNG_PRESSES = 300;
const GAP_MS = 10;
const DEFAULT_PAGE_BYTES = 4096;

export const pressBytes: Bench = {
  name: 'press-bytes',
  title: 'block-level bytes written per press, online and acknowledged, 10 ms apart, ext4 on a loop device',
  obstacle: () => (process.getuid?.() === 0 ? undefined : 'needs root, for a loop device and its file system'),
  run: () => inTemporaryFolder(measureAll),
};

async function measureAll(folder: string): Promise<BenchResult> {
  const systems: LoopFileSystem[] = [];
  try {
    for (const name of ['ours', 'bare', 'plain']) systems.push(new LoopFileSystem(folder, name));
    const [ours, bare, plain] = systems;
    if (ours === undefined || bare === undefined || plain === undefined) throw new Error('three file systems');
    return await measure(ours, bare, plain);
  } finally {
    for (const system of systems) system.remove();
  }
}

/** One writer on a file system of its own. */
interface Side {
  system: LoopFileSystem;
  press: () => void;
}

async function measure(ours: LoopFileSystem, bare: LoopFileSystem, plain: LoopFileSystem): Promise<BenchResult> {
  const transport = new AckingTransport();
  const { terminal, panel, file } = benchTerminal(join(ours.folder, 'data'), transport);
  terminal.start();
  let kept = 0;
  const press = (): void => {
    const outcome = panel.press(2);
    if (!outcome.kept) throw new Error(`press not kept: ${outcome.code}`);
    kept = outcome.seq;
  };
  press();
  const layout = layoutOf(file);
  const bareFile = new BareFile(join(bare.folder, 'bare.sqlite'), layout);
  const plainFile = new BareFile(join(plain.folder, 'plain.sqlite'), layout, DEFAULT_PAGE_BYTES);
  const sides: Side[] = [
    { system: ours, press },
    { system: bare, press: () => bareFile.insertAndCommit() },
    { system: plain, press: () => plainFile.insertAndCommit() },
  ];
  try {
    const young = await bytesPerPress(sides, YOUNG_PRESSES);
    await bytesPerPress(sides, WARM_UP, 0);
    const steady = await bytesPerPress(sides, PRESSES);
    if (transport.upTo < kept - 1) throw new Error(`only ${transport.upTo} of ${kept} presses were acknowledged`);
    return { figures: figuresOf(steady, young), notes: notesOf(transport) };
  } finally {
    bareFile.close();
    plainFile.close();
    await terminal.stop();
  }
}

/** Presses on all sides side by side; bytes per press of each. */
async function bytesPerPress(sides: readonly Side[], presses: number, gapMs = GAP_MS): Promise<number[]> {
  const before = sides.map(({ system }) => system.bytesWritten());
  const start = performance.now();
  for (let count = 0; count < presses; count += 1) {
    for (const side of sides) side.press();
    await wait(Math.max(0, start + (count + 1) * gapMs - performance.now()));
  }
  return sides.map(({ system }, index) => (system.bytesWritten() - (before[index] ?? 0)) / presses);
}

function figuresOf(steady: readonly number[], young: readonly number[]): Figure[] {
  const [ours = Number.NaN, bare = Number.NaN, plain = Number.NaN] = steady;
  const [oursYoung = Number.NaN, bareYoung = Number.NaN, plainYoung = Number.NaN] = young;
  const bytes = (name: string, value: number): Figure => ({ name, value, unit: 'B' });
  return [
    {
      ...bytes('written per press', ours),
      baseline: { name: 'bare, same settings', value: bare },
      bar: { of: 'ratio', atMost: 1.15 },
    },
    {
      ...bytes('… in the first presses after a start', oursYoung),
      baseline: { name: 'bare, same settings', value: bareYoung },
    },
    bytes("… by SQLite's defaults, 4 KiB pages", plain),
    bytes("… by SQLite's defaults, first presses, log still growing", plainYoung),
  ];
}

function notesOf({ batches, upTo }: AckingTransport): string[] {
  return [
    `${PRESSES} presses; before them ${YOUNG_PRESSES} first ones and ${WARM_UP} to warm up; all three writers side by side`,
    `${upTo} presses acknowledged in ${batches} batches`,
  ];
}
