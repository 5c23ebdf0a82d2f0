import { type FSWatcher, readFileSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { GpioPanelDriver, type PanelDriver, SystemClock } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { ROOT } from '../harness/program.js';
import { type BenchPanel, monotonicMs } from './bench-panel.js';

const OFFSETS = [17, 27, 22, 23] as const;
const LED = 24;
const HOLD_MS = 20;
const CONFIG = {
  lines: { 'very-unhappy': OFFSETS[0], unhappy: OFFSETS[1], happy: OFFSETS[2], 'very-happy': OFFSETS[3] },
  led: LED,
  activeLow: true,
};

/** A Pi's header for the stand-ins of libgpiod's tools (tests/support/gpio-stand-in). */
export class GpioBenchPanel implements BenchPanel {
  onPush: BenchPanel['onPush'] = () => undefined;
  onLight: BenchPanel['onLight'] = () => undefined;
  readonly #folder: string;
  readonly #server: Server;
  #monitor: Socket | undefined;
  readonly #watcher: FSWatcher;
  #seen = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    const facts = {
      version: '2.2.1\n',
      chips: 'gpiochip0 [pinctrl-bcm2711] (58 lines)\n',
      busy: '',
      'outputs.log': '',
    };
    for (const [fact, text] of Object.entries(facts)) writeFileSync(join(folder, fact), text);
    writeFileSync(join(folder, 'lines'), Array.from({ length: 28 }, (_, offset) => `GPIO${offset}`).join('\n'));
    this.#watcher = watch(join(folder, 'outputs.log'), () => this.#look());
    this.#server = createServer((socket) => {
      this.#monitor = socket;
      socket.resume();
    });
  }

  static async start(folder: string): Promise<GpioBenchPanel> {
    const panel = new GpioBenchPanel(folder);
    await new Promise<void>((resolve) => panel.#server.listen(join(folder, 'socket'), resolve));
    return panel;
  }

  makeDriver(): PanelDriver {
    const path = `${join(ROOT, 'tests/support/gpio-stand-in/bin')}:${process.env['PATH'] ?? ''}`;
    const environment = { HYMIO_STAND_IN_BOARD: this.#folder, PATH: path };
    return new GpioPanelDriver({ config: CONFIG, clock: new SystemClock('system', 0), environment });
  }

  push(button: Rating, atMs = monotonicMs()): void {
    this.onPush(atMs);
    this.#level(OFFSETS[button], false, atMs);
    // However late this process gets to it: the kernel takes the time when it happens.
    setTimeout(() => this.#level(OFFSETS[button], true, atMs + HOLD_MS), HOLD_MS);
  }

  async stop(): Promise<void> {
    this.#watcher.close();
    this.#monitor?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #level(offset: number, high: boolean, atMs: number): void {
    this.#monitor?.write(`${JSON.stringify({ offset, high, ns: String(Math.round(atMs * 1e6)) })}\n`);
  }

  #look(): void {
    const pairs = readFileSync(join(this.#folder, 'outputs.log'), 'utf8').split('\n').filter(Boolean);
    for (const pair of pairs.slice(this.#seen)) this.onLight(pair === `${LED}=1`, monotonicMs());
    this.#seen = pairs.length;
  }
}
