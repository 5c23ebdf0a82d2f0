import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { NO_FRAME, type PanelDriver, readFrames, SerialPanelDriver, SystemClock, writeFrame } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { type BenchPanel, monotonicMs } from './bench-panel.js';

const BOOT = 'bench-1';

/** The other end of a pseudo-terminal that speaks as much of the panel protocol as a press needs. */
export class SerialBenchPanel implements BenchPanel {
  onPush: BenchPanel['onPush'] = () => undefined;
  onLight: BenchPanel['onLight'] = () => undefined;
  readonly path: string;
  readonly #socat: ChildProcessWithoutNullStreams;
  /** Kept open: socat ends once nobody has the tty open. */
  readonly #holder: number;
  #frames = NO_FRAME;
  #numbered = 0;
  #light = '0';

  private constructor(path: string, socat: ChildProcessWithoutNullStreams) {
    this.path = path;
    this.#socat = socat;
    this.#holder = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    socat.stdout.on('data', (bytes: Buffer) => this.#hear(bytes));
  }

  static async start(folder: string): Promise<SerialBenchPanel> {
    const path = join(folder, 'tty');
    const socat = spawn('socat', ['-d', '-d', `PTY,link=${path},rawer`, 'STDIO']);
    await new Promise<void>((resolve, reject) => {
      socat.once('error', reject);
      socat.stderr.on('data', (said: Buffer) => {
        if (said.includes('starting data transfer loop')) resolve();
      });
    });
    return new SerialBenchPanel(path, socat);
  }

  makeDriver(): PanelDriver {
    return new SerialPanelDriver({ port: this.path, baudRate: 115200, clock: new SystemClock('system', 0) });
  }

  push(button: Rating): void {
    this.#numbered += 1;
    this.onPush(monotonicMs());
    this.#say(`press ${BOOT} ${this.#numbered} ${button} 0`);
  }

  async stop(): Promise<void> {
    this.#socat.kill();
    closeSync(this.#holder);
  }

  #hear(bytes: Buffer): void {
    const { state, bodies } = readFrames(this.#frames, bytes);
    this.#frames = state;
    for (const body of bodies) {
      const [word, first = '', second = ''] = body.split(' ');
      if (word === 'hello') this.#say(`hello 1 ${BOOT} bench/1 4 0 0 0`);
      else if (word === 'ping') {
        this.#say(`pong ${BOOT} ${first} 0 0 0`);
        this.#show(second);
      } else if (word === 'light') this.#show(first);
    }
  }

  #show(light: string): void {
    if (light === this.#light) return;
    this.#light = light;
    this.onLight(light === '1', monotonicMs());
  }

  #say(body: string): void {
    this.#socat.stdin.write(writeFrame(body));
  }
}
