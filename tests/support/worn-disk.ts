import { copyFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runProgram } from './run-command.js';

const IMAGE_BYTES = 64 * 2 ** 20;

/** What `WornDisk` needs of the machine. */
export const WORN_DISK_NEEDS = ['root', 'loop devices', 'mkfs.ext4', 'mount', 'findmnt', 'xfs_io'] as const;

/** An ext4 file system of its own in a file, on a device that can wear out while programs write to it. */
export class WornDisk {
  /** Where it is mounted. */
  readonly folder: string;
  #image: string;
  #device = '';

  private constructor(parent: string, name: string) {
    this.folder = join(parent, name);
    this.#image = `${this.folder}.img`;
  }

  /** `parent`: a folder that is there; `name`: of folder and image in it. */
  static async make(parent: string, name: string): Promise<WornDisk> {
    const disk = new WornDisk(parent, name);
    writeFileSync(disk.#image, '');
    truncateSync(disk.#image, IMAGE_BYTES);
    mkdirSync(disk.folder);
    await tool('mkfs.ext4', '-q', '-F', '-m', '0', disk.#image);
    await disk.#mount();
    return disk;
  }

  /** The file system finds itself damaged, as on a worn-out card, and turns read-only in the middle of whatever is written. */
  turnReadOnly(): void {
    writeFileSync(`/sys/fs/ext4/${basename(this.#device)}/trigger_fs_error`, 'worn out');
  }

  /** Every read and write of a file fails with EIO from now on. */
  async break(): Promise<void> {
    await tool('xfs_io', '-x', '-c', 'shutdown', this.folder);
  }

  /**
   * A new start of the machine, with what is on the device on one that works. No program may have files open there. The
   * old one may live on in a copy of the mounts that somebody else has made meanwhile.
   */
  async replace(): Promise<void> {
    await tool('umount', this.folder);
    const copy = `${this.#image}.copy`;
    copyFileSync(this.#image, copy);
    this.#image = copy;
    await this.#mount();
  }

  async remove(): Promise<void> {
    await tool('umount', this.folder);
  }

  /** A loop device that goes with the mount. */
  async #mount(): Promise<void> {
    await tool('mount', '-o', 'loop,errors=remount-ro', this.#image, this.folder);
    this.#device = (await tool('findmnt', '-n', '-o', 'SOURCE', this.folder)).trim();
  }
}

async function tool(name: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(name, args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}
