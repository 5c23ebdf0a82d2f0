import { join } from 'node:path';
import type { Random } from '@hymio/protocol';
import { seededRandom } from '@hymio/simulator';
import { ROOT } from '../support/repository-root.js';
import { TestBench } from '../support/test-bench.js';
import { PowerDisk } from './power-disk.js';

/** Loaded into a program, makes its commits lose what a power cut makes them lose. */
const NOT_DURABLE = ['--import', join(ROOT, 'tests/power/not-durable.mjs')];

export interface PlaceOptions {
  seed: number;
  /** Programs commit without waiting for the disk. */
  weak?: boolean;
}

/** Where a part of the power cuts happens: its disks, its programs, its randomness. `clear` leaves nothing of it. */
export class PowerPlace {
  readonly random: Random;
  readonly #parent: string;
  readonly #part: string;
  readonly #options: PlaceOptions;
  readonly #disks: PowerDisk[] = [];
  readonly #benches: TestBench[] = [];

  /** `parent`: a folder on a real disk, so that a commit takes its time and a cut may strike in the middle of one. */
  constructor(parent: string, part: string, options: PlaceOptions) {
    this.#parent = parent;
    this.#part = part;
    this.#options = options;
    this.random = seededRandom(options.seed, part);
  }

  async disk(name: string): Promise<PowerDisk> {
    const disk = new PowerDisk(this.#parent, `${this.#part}-${name}`);
    this.#disks.push(disk);
    await disk.make();
    return disk;
  }

  /** For programs whose commits are looked at: weak where the part is to be. */
  bench(name: string, nodeOptions: readonly string[] = []): TestBench {
    const weak = this.#options.weak === true ? NOT_DURABLE : [];
    const bench = new TestBench(`power-${this.#part}-${name}`, this.#parent, [...weak, ...nodeOptions]);
    this.#benches.push(bench);
    return bench;
  }

  /** For programs that are as they are, whatever the part is. */
  steadyBench(name: string): TestBench {
    const bench = new TestBench(`power-${this.#part}-${name}`, this.#parent);
    this.#benches.push(bench);
    return bench;
  }

  /** What every program said last, for who looks for a cause. */
  said(): string {
    const children = this.#benches.flatMap(({ children: own }) => own);
    return children
      .slice(-6)
      .map(({ name, pid, lines }) => `--- ${name} (${pid})\n${lines.slice(-12).join('\n')}`)
      .join('\n');
  }

  async clear(): Promise<void> {
    for (const bench of this.#benches) await bench.clear();
    for (const disk of this.#disks) await disk.remove();
  }
}
