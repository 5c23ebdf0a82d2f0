import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './requirements.js';

/** A real tty under a fixed path that can be plugged in and pulled out: socat holds its other end. Needs `socat`. */
export class PseudoTerminal {
  readonly path: string;
  readonly #folder: string;
  readonly #onBytes: (bytes: Buffer) => void;
  #plugged: { socat: ChildProcessWithoutNullStreams; holder: number } | undefined;

  /** `onBytes`: what the program that opened the tty has written. */
  constructor(onBytes: (bytes: Buffer) => void) {
    this.#folder = mkdtempSync(join(tmpdir(), 'hymio-tty-'));
    this.path = join(this.#folder, 'panel');
    this.#onBytes = onBytes;
  }

  get plugged(): boolean {
    return this.#plugged !== undefined;
  }

  async plug(): Promise<void> {
    const socat = spawn(program('socat'), ['-d', '-d', `PTY,link=${this.path},rawer`, 'STDIO']);
    socat.stdout.on('data', this.#onBytes);
    // What is written while socat goes is lost, as on a cable.
    socat.stdin.on('error', () => undefined);
    await saidOnStderr(socat, 'starting data transfer loop');
    // Held open by us as well, as socat ends once nobody has the tty open.
    const holder = openSync(this.path, constants.O_RDWR | constants.O_NOCTTY);
    this.#plugged = { socat, holder };
  }

  /** The cable comes out: who has the tty open gets an error, and the path is gone. */
  async unplug(): Promise<void> {
    const plugged = this.#plugged;
    if (plugged === undefined) return;
    this.#plugged = undefined;
    plugged.socat.kill('SIGTERM');
    await once(plugged.socat, 'exit');
    closeSync(plugged.holder);
  }

  /** Lost where nothing is plugged in. */
  write(bytes: Uint8Array): void {
    this.#plugged?.socat.stdin.write(bytes);
  }

  async remove(): Promise<void> {
    await this.unplug();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function saidOnStderr(child: ChildProcessWithoutNullStreams, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes(words)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`socat ended with code ${code}: ${said}`)));
    child.once('error', reject);
  });
}
