import { rmSync } from 'node:fs';
import { ChildProgram } from '../support/child-program.js';
import { LoopDisk, tool } from '../support/loop-disk.js';
import { runProgram } from '../support/run-command.js';
import { powerError } from './power-error.js';

const IMAGE_BYTES = 64 * 2 ** 20;

/**
 * A disk whose plug can be pulled. What was not brought to it by then is gone, as far as the kernel can tell, and every
 * write after it fails.
 */
export class PowerDisk {
  readonly #disk: LoopDisk;
  /** Waits for the word, so that it takes effect at once. */
  #plug: ChildProgram | undefined;

  /** `parent`: a folder that is there; `name`: of folder and image in it. */
  constructor(parent: string, name: string) {
    this.#disk = new LoopDisk(parent, name, { bytes: IMAGE_BYTES, mount: ['noatime'] });
  }

  /** Where it is mounted: the data folder of a program. */
  get folder(): string {
    return this.#disk.folder;
  }

  /** Makes it anew, empty, and mounts it. */
  async make(): Promise<void> {
    await this.remove();
    await this.#disk.make();
    this.#connect();
  }

  /** Pulls the plug: nothing more reaches the disk from this very moment on. See `cutPower` for what runs on it. */
  async cut(): Promise<void> {
    const plug = this.#plug;
    this.#plug = undefined;
    plug?.write('shutdown\n');
    plug?.endInput();
    await plug?.exited;
  }

  /**
   * Brings it back as a machine does that starts again: its file system replays its journal. No program may have files
   * open there. Error: HymioError `power-cuts-broke-disk` where the file system itself did not survive.
   */
  async restore(): Promise<void> {
    const { image } = this.#disk;
    await this.#unmount();
    await this.#disk.mount();
    await this.#unmount();
    const check = await runProgram('e2fsck', ['-f', '-n', image]);
    if (check.code !== 0) {
      const said = `${check.stdout}${check.stderr}`.trim();
      throw powerError('power-cuts-broke-disk', `e2fsck finds fault with ${image}: ${said}`, 'Use another kernel.');
    }
    await this.#mount();
  }

  /** Remembers all that is on it, for `reset`. No program may have files open there. */
  async keep(): Promise<void> {
    await this.#unmount();
    await this.#disk.copyTo(this.#kept);
    await this.#mount();
  }

  /** Makes it what it was at `keep`. */
  async reset(): Promise<void> {
    await this.#unmount();
    await tool('cp', '--sparse=always', this.#kept, this.#disk.image);
    await this.#mount();
  }

  async remove(): Promise<void> {
    await this.#disconnect();
    await this.#disk.remove();
    rmSync(this.#kept, { force: true });
  }

  get #kept(): string {
    return `${this.#disk.image}.kept`;
  }

  #connect(): void {
    this.#plug = new ChildProgram('xfs_io', 'xfs_io', ['-x', this.folder]);
  }

  async #disconnect(): Promise<void> {
    this.#plug?.endInput();
    await this.#plug?.exited;
    this.#plug = undefined;
  }

  async #mount(): Promise<void> {
    await this.#disk.mount();
    this.#connect();
  }

  async #unmount(): Promise<void> {
    await this.#disconnect();
    await this.#disk.unmount();
  }
}
