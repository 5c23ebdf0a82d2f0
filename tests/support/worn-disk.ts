import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LOOP_DISK_NEEDS, LoopDisk, tool } from './loop-disk.js';
import type { TestBench } from './test-bench.js';

const IMAGE_BYTES = 64 * 2 ** 20;

/** What `WornDisk` needs of the machine. */
export const WORN_DISK_NEEDS = [...LOOP_DISK_NEEDS, 'findmnt', 'xfs_io'] as const;

/** A disk that can wear out while programs write to it. */
export class WornDisk {
  readonly #disk: LoopDisk;

  private constructor(disk: LoopDisk) {
    this.#disk = disk;
  }

  /** It goes with the bench. */
  static async make(bench: TestBench): Promise<WornDisk> {
    const options = { bytes: IMAGE_BYTES, mount: ['errors=remount-ro'] };
    const disk = await LoopDisk.ofThisProcess(bench.folder, 'worn', options);
    bench.afterwards(() => disk.remove());
    await disk.make();
    return new WornDisk(disk);
  }

  /** Where it is mounted. */
  get folder(): string {
    return this.#disk.folder;
  }

  /** The file system finds itself damaged, as on a worn-out card, and turns read-only in the middle of whatever is written. */
  async turnReadOnly(): Promise<void> {
    const device = (await tool('findmnt', '-n', '-o', 'SOURCE', this.folder)).trim();
    writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, 'worn out');
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
    await this.#disk.unmount();
    const copy = `${this.#disk.image}.copy`;
    await this.#disk.copyTo(copy);
    this.#disk.use(copy);
    await this.#disk.mount();
  }
}
