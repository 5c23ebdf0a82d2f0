import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const SIZE_BYTES = 256 * 2 ** 20;
const SECTOR_BYTES = 512;

/** A fresh ext4 of 4 KiB blocks on a loop device. Needs root. */
export class LoopFileSystem {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #image: string;
  readonly #device: string;

  /** Makes and mounts it below `base`; leaves nothing behind when that fails. */
  constructor(base: string, name: string) {
    this.#image = join(base, `${name}.img`);
    this.folder = join(base, name);
    mkdirSync(this.folder);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, SIZE_BYTES);
    run('mkfs.ext4', '-q', '-b', '4096', '-E', 'lazy_itable_init=0,lazy_journal_init=0', this.#image);
    this.#device = run('losetup', '--find', '--show', this.#image).trim();
    try {
      run('mount', '-t', 'ext4', this.#device, this.folder);
    } catch (error) {
      run('losetup', '--detach', this.#device);
      throw error;
    }
  }

  /** Bytes written to the device so far, everything pending included. */
  bytesWritten(): number {
    run('sync', '-f', this.folder);
    const fields = readFileSync(`/sys/block/${basename(this.#device)}/stat`, 'utf8')
      .trim()
      .split(/\s+/);
    return Number(fields[6]) * SECTOR_BYTES;
  }

  remove(): void {
    try {
      run('umount', this.folder);
    } finally {
      run('losetup', '--detach', this.#device);
      rmSync(this.#image);
    }
  }
}

function run(program: string, ...args: string[]): string {
  const path = ['/usr/local/sbin', '/usr/sbin', '/sbin', process.env['PATH'] ?? ''].join(':');
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, PATH: path } });
}
