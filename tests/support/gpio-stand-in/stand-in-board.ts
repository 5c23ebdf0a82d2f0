import { appendFileSync, type FSWatcher, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// From tests/support as well as from the compiled tests/dist/support.
const BIN = fileURLToPath(new URL('bin', import.meta.url)).replace('/dist/', '/');

/** Chips as `gpiodetect` lists them on the Raspberry Pis that we know. */
export const PI_CHIPS = {
  'Pi 3': ['gpiochip0 [pinctrl-bcm2835] (54 lines)', 'gpiochip1 [raspberrypi-exp-gpio] (8 lines)'],
  'Pi Zero 2 W': ['gpiochip0 [pinctrl-bcm2835] (54 lines)'],
  'Pi 4': ['gpiochip0 [pinctrl-bcm2711] (58 lines)', 'gpiochip1 [raspberrypi-exp-gpio] (8 lines)'],
  'Pi 5': [
    'gpiochip10 [gpio-brcmstb@107d508500] (32 lines)',
    'gpiochip11 [gpio-brcmstb@107d508520] (4 lines)',
    'gpiochip0 [pinctrl-rp1] (54 lines)',
  ],
} as const;

export interface MonitorRequest {
  asked: Record<string, string | boolean>;
  lines: string[];
  pid: number;
}

/** A GPIO chip for the stand-in tools: pushes buttons, sees the outputs, makes them fail. */
export class StandInBoard {
  readonly folder: string;
  /** For the tools: the stand-ins come first in PATH. */
  readonly environment: Record<string, string>;
  /** What each gpiomon was started with. */
  readonly monitors: MonitorRequest[] = [];
  /** Called when an output was set, with `line=value`. */
  onOutput: ((pair: string) => void) | undefined;
  readonly #server: Server;
  #socket: Socket | undefined;
  #watcher: FSWatcher | undefined;
  #outputsSeen = 0;
  readonly #levels = new Map<number, boolean>();

  constructor(chips: readonly string[] = PI_CHIPS['Pi 4']) {
    this.folder = mkdtempSync(join(tmpdir(), 'hymio-gpio-'));
    this.environment = { HYMIO_STAND_IN_BOARD: this.folder, PATH: `${BIN}:${process.env['PATH'] ?? ''}` };
    this.write('version', '2.2.1\n');
    this.write('chips', `${chips.join('\n')}\n`);
    this.write(
      'lines',
      Array.from({ length: 28 }, (_, offset) => (offset === 2 ? 'SDA1' : `GPIO${offset}`)).join('\n'),
    );
    this.write('busy', '');
    this.write('outputs.log', '');
    this.#server = createServer((socket) => this.#onMonitor(socket));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(join(this.folder, 'socket'), resolve));
    this.#watcher = watch(join(this.folder, 'outputs.log'), () => this.#onOutputs());
  }

  async stop(): Promise<void> {
    this.#watcher?.close();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Changes a fact of the board: `version`, `chips`, `lines`, `busy` (offsets), `denied`, `denied-output`. */
  write(fact: string, text: string): void {
    writeFileSync(join(this.folder, fact), text);
  }

  /** The level on a wire changes; `ns`: CLOCK_MONOTONIC of the edge. */
  level(offset: number, high: boolean, ns: bigint = process.hrtime.bigint()): void {
    this.#levels.set(offset, high);
    // With nobody watching, only the next reading of the levels can show it.
    if (this.#socket === undefined) this.write('levels', `${this.#levelsText()}\n`);
    this.#tell({ offset, high, ns: String(ns) });
  }

  /** Pushes and lets go a button to ground. */
  push(offset: number): void {
    this.level(offset, false);
    this.level(offset, true);
  }

  /** The monitor prints this instead of an edge. */
  say(raw: string): void {
    this.#tell({ raw });
  }

  /** The monitor ends with this complaint. */
  breakMonitor(complaint: string): void {
    this.#tell({ die: complaint });
  }

  /** Every `line=value` that was set, in order. */
  outputs(): string[] {
    return readFileSync(join(this.folder, 'outputs.log'), 'utf8').split('\n').filter(Boolean);
  }

  /** As if another program had left an output on. */
  forgetOn(pair: string): void {
    appendFileSync(join(this.folder, 'outputs.log'), `${pair}\n`);
  }

  #levelsText(): string {
    return [...this.#levels].map(([offset, high]) => `${offset}=${high ? 1 : 0}`).join(' ');
  }

  #tell(message: unknown): void {
    this.#socket?.write(`${JSON.stringify(message)}\n`);
  }

  #onMonitor(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.write('levels', `${this.#levelsText()}\n`);
    });
    createInterface({ input: socket }).once('line', (line) => this.monitors.push(JSON.parse(line)));
  }

  #onOutputs(): void {
    const outputs = this.outputs();
    for (const pair of outputs.slice(this.#outputsSeen)) this.onOutput?.(pair);
    this.#outputsSeen = outputs.length;
  }
}
