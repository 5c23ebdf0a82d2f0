import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { JOURNAL_NAME } from '@hymio/device';
import { RATINGS } from '@hymio/protocol';
import { countPresses } from '../terminal/bare-file.js';
import { startFirmware } from './bench-firmware.js';
import { type BenchPanel, monotonicMs } from './bench-panel.js';

const SECONDS = 10;
const PER_SECOND = 10;
export const BURST_PRESSES = SECONDS * PER_SECOND * RATINGS.length;
const EVERY_MS = 1_000 / PER_SECOND / RATINGS.length;
/** What was pushed last has been recorded by then. */
const SETTLE_MS = 2_000;

/** Pushes each of four buttons ten times a second for ten seconds, in turn; returns how many presses the journal holds. */
export async function recordedOfBurst(panel: BenchPanel, folder: string): Promise<number> {
  const { terminal } = await startFirmware(panel, folder);
  const startMs = monotonicMs();
  for (let count = 0; count < BURST_PRESSES; count += 1) {
    const atMs = startMs + count * EVERY_MS;
    await wait(Math.max(0, atMs - monotonicMs()));
    const button = RATINGS[count % RATINGS.length] ?? 0;
    await panel.rested?.(button);
    panel.push(button, atMs);
  }
  await wait(SETTLE_MS);
  await terminal.stop();
  return countPresses(join(folder, JOURNAL_NAME));
}
