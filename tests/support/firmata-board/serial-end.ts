import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';

/** The board's end of a real tty; socat holds it. This file runs outside the test runner, and needs nothing of it. */
export class SerialEnd {
  readonly #path: string;
  readonly #onBytes: (bytes: Buffer) => void;
  #plugged: { socat: ChildProcessWithoutNullStreams; holder: number } | undefined;

  constructor(path: string, onBytes: (bytes: Buffer) => void) {
    this.#path = path;
    this.#onBytes = onBytes;
  }

  async plug(): Promise<void> {
    const socat = spawn('socat', ['-d', '-d', `PTY,link=${this.#path},rawer`, 'STDIO']);
    socat.stdout.on('data', this.#onBytes);
    // What is written while socat goes is lost, as on a cable.
    socat.stdin.on('error', () => undefined);
    let said = '';
    for await (const text of socat.stderr) {
      said += String(text);
      if (said.includes('starting data transfer loop')) break;
    }
    // Held open by us as well, as socat ends once nobody has the tty open.
    this.#plugged = { socat, holder: openSync(this.#path, constants.O_RDWR | constants.O_NOCTTY) };
  }

  async unplug(): Promise<void> {
    const plugged = this.#plugged;
    if (plugged === undefined) return;
    this.#plugged = undefined;
    plugged.socat.kill('SIGTERM');
    await once(plugged.socat, 'exit');
    closeSync(plugged.holder);
  }

  write(bytes: Uint8Array): void {
    this.#plugged?.socat.stdin.write(bytes);
  }
}
