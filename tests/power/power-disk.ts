import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildProgram } from '../support/child-program.js';
import { runProgram } from '../support/run-command.js';
import { powerError } from './power-error.js';

const IMAGE_BYTES = 64 * 2 ** 20;

/**
 * A disk whose plug can be pulled: an ext4 file system of its own in a file. What was not brought to it by then is gone,
 * as far as the kernel can tell, and every write after it fails.
 */
export class PowerDisk {
  /** Where it is mounted: the data folder of a program. */
  readonly folder: string;
  readonly #image: string;
  #mounted = false;
  /** Waits for the word, so that it takes effect at once. */
  #plug: ChildProgram | undefined;

  /** `parent`: a folder that is there; `name`: of folder and image in it. */
  constructor(parent: string, name: string) {
    this.folder = join(parent, name);
    this.#image = join(parent, `${name}.img`);
  }

  /** Makes it anew, empty, and mounts it. */
  async make(): Promise<void> {
    await this.remove();
    writeFileSync(this.#image, '');
    truncateSync(this.#image, IMAGE_BYTES);
    mkdirSync(this.folder, { recursive: true });
    await tool('mkfs.ext4', '-q', '-F', '-m', '0', this.#image);
    await this.#mount();
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
    await this.#unmount();
    await this.#mount();
    await this.#unmount();
    const check = await runProgram('e2fsck', ['-f', '-n', this.#image]);
    if (check.code !== 0) {
      const said = `${check.stdout}${check.stderr}`.trim();
      throw powerError(
        'power-cuts-broke-disk',
        `e2fsck finds fault with ${this.#image}: ${said}`,
        'Use another kernel.',
      );
    }
    await this.#mount();
    this.#connect();
  }

  /** Remembers all that is on it, for `reset`. No program may have files open there. */
  async keep(): Promise<void> {
    await this.#unmount();
    await tool('cp', '--sparse=always', this.#image, `${this.#image}.kept`);
    await this.#mount();
    this.#connect();
  }

  /** Makes it what it was at `keep`. */
  async reset(): Promise<void> {
    await this.#unmount();
    await tool('cp', '--sparse=always', `${this.#image}.kept`, this.#image);
    await this.#mount();
    this.#connect();
  }

  async remove(): Promise<void> {
    // Also where something still has files there, after a failure.
    if (this.#mounted) await this.#unmount('--lazy');
    for (const file of [this.#image, `${this.#image}.kept`]) rmSync(file, { force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  #connect(): void {
    this.#plug = new ChildProgram('xfs_io', 'xfs_io', ['-x', this.folder]);
  }

  /** `-o loop` gives the loop device back with the mount. */
  async #mount(): Promise<void> {
    await tool('mount', '-o', 'loop,noatime', this.#image, this.folder);
    this.#mounted = true;
  }

  async #unmount(...options: string[]): Promise<void> {
    this.#plug?.endInput();
    await this.#plug?.exited;
    this.#plug = undefined;
    await tool('umount', ...options, this.folder);
    this.#mounted = false;
  }
}

async function tool(name: string, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runProgram(name, args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: ended with ${code}: ${stdout}${stderr}`);
}
