import { emptyDisk, type MemoryDisk } from '@hymio/device';
import type { Ledger } from './ledger.js';

/** What two machines can hold the same of: a copy that changes by itself. */
export function copyDisk(disk: MemoryDisk): MemoryDisk {
  const { failure: _none, ...content } = disk;
  return {
    ...content,
    epochs: disk.epochs.map((epoch) => ({ ...epoch, presses: [...epoch.presses] })),
    aside: new Map(disk.aside),
  };
}

/** Loses the newest presses, as a card does that acknowledged a flush which it had not made. */
export function loseNewest(disk: MemoryDisk, count: number, ledger: Ledger): number {
  const newest = disk.epochs.at(-1);
  if (newest === undefined) return 0;
  const lost = Math.min(count, newest.presses.length);
  for (let left = lost; left > 0; left -= 1) {
    ledger.cardLost(newest.epoch, newest.oldestSeq + newest.presses.length - 1);
    newest.presses.pop();
  }
  return lost;
}

/** True where a press can be read from the disk and goes out as it is. */
export function holds(disk: MemoryDisk, epoch: string, seq: number): boolean {
  const known = disk.epochs.find((candidate) => candidate.epoch === epoch);
  const press = known?.presses[seq - known.oldestSeq];
  return press !== undefined && press !== null && !disk.aside.has(`${epoch} ${seq}`);
}

export { emptyDisk, type MemoryDisk };
