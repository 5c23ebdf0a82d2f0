import { type FSWatcher, readFileSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { GpioPanelDriver, type PanelDriver, SystemClock } from '@hymio/device';
import { ROOT } from '../harness/program.js';
import type { BenchPanel } from './bench-panel.js';

const BUTTON = 22;
const LED = 24;
const CONFIG = {
  lines: { 'very-unhappy': 17, unhappy: 27, happy: BUTTON, 'very-happy': 23 },
  led: LED,
  activeLow: true,
};

/** A Pi's header for the stand-ins of libgpiod's tools (tests/support/gpio-stand-in). */
export class GpioBenchPanel implements BenchPanel {
  onLight: (on: boolean) => void = () => undefined;
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

  push(): void {
    for (const high of [false, true]) {
      this.#monitor?.write(`${JSON.stringify({ offset: BUTTON, high, ns: String(process.hrtime.bigint()) })}\n`);
    }
  }

  async stop(): Promise<void> {
    this.#watcher.close();
    this.#monitor?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #look(): void {
    const pairs = readFileSync(join(this.#folder, 'outputs.log'), 'utf8').split('\n').filter(Boolean);
    for (const pair of pairs.slice(this.#seen)) this.onLight(pair === `${LED}=1`);
    this.#seen = pairs.length;
  }
}
