import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRunning } from './is-running.js';
import { runProgram } from './run-command.js';

/** What `LoopDisk` needs of the machine. */
export const LOOP_DISK_NEEDS = ['root', 'loop devices', 'mkfs.ext4', 'mount'] as const;

/** As the kernel tells of a mount of `ofThisProcess`: where it is. */
const OF_A_PROCESS = / (\/\S+\/[^/\s]+-of-(\d+)) ext4 /g;

export interface LoopDiskOptions {
  bytes: number;
  /** For mkfs.ext4. */
  format?: readonly string[];
  /** For mount. */
  mount?: readonly string[];
}

/** An ext4 file system of its own in a file, on a loop device that goes with its mount. */
export class LoopDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #options: LoopDiskOptions;
  #image: string;
  #mounted = false;

  /** `parent`: a folder that is there; `name`: of folder and image in it. */
  constructor(parent: string, name: string, options: LoopDiskOptions) {
    this.folder = join(parent, name);
    this.#image = `${this.folder}.img`;
    this.#options = options;
  }

  /** One that is known by its name to be of this process, so that the next one finds it where this one is killed. */
  static async ofThisProcess(parent: string, name: string, options: LoopDiskOptions): Promise<LoopDisk> {
    await removeLeftovers();
    return new LoopDisk(parent, `${name}-of-${process.pid}`, options);
  }

  /** The file that holds it. */
  get image(): string {
    return this.#image;
  }

  /** Makes it anew, empty, and mounts it. Where that fails nothing is mounted. */
  async make(): Promise<void> {
    await this.remove();
    const { bytes, format = [] } = this.#options;
    writeFileSync(this.#image, '');
    truncateSync(this.#image, bytes);
    mkdirSync(this.folder, { recursive: true });
    await tool('mkfs.ext4', '-q', '-F', '-m', '0', ...format, this.#image);
    await this.mount();
  }

  async mount(): Promise<void> {
    const options = ['loop', ...(this.#options.mount ?? [])].join(',');
    await tool('mount', '-o', options, this.#image, this.folder);
    this.#mounted = true;
  }

  /** No program may have files open there, but with `--lazy`. */
  async unmount(...options: string[]): Promise<void> {
    if (!this.#mounted) return;
    await tool('umount', ...options, this.folder);
    this.#mounted = false;
  }

  /** What the file holds now, in another one. */
  async copyTo(file: string): Promise<void> {
    await tool('cp', '--sparse=always', this.#image, file);
  }

  /** From the next `mount` on it is what lies in this file. */
  use(image: string): void {
    this.#image = image;
  }

  /** Unmounts it, also where something still has files there after a failure, and removes its files. */
  async remove(): Promise<void> {
    await this.unmount('--lazy');
    rmSync(this.#image, { force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a tool of the system to its end. */
export async function tool(name: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(name, args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

/** Disks of processes that were killed with everything in memory: they are unmounted, and the folder goes in which they lay. */
async function removeLeftovers(): Promise<void> {
  for (const [, folder = '', pid] of readFileSync('/proc/mounts', 'utf8').matchAll(OF_A_PROCESS)) {
    if (isRunning(Number(pid))) continue;
    await tool('umount', '--lazy', folder);
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}
