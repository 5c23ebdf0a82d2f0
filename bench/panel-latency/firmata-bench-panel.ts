import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FirmataPanelDriver, firmataPanelConfigSchema, type PanelDriver, SystemClock } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { Program, ROOT } from '../harness/program.js';
import { type BenchPanel, monotonicMs } from './bench-panel.js';

const BOARD = 'tests/dist/support/firmata-board/board-program.js';
const HEX = join(ROOT, 'node_modules/avrgirl-arduino/junk/hex/uno/StandardFirmata.cpp.hex');
const PINS = [2, 3, 4, 5] as const;
const LED = 9;
/** Firmata's command for a port of eight pins, followed by its low seven bits and its highest. */
const LED_COMMAND = 0x90 | (LED >> 3);
const REPORT_COMMAND = 0x90 | (PINS[0] >> 3);
const HOLD_MS = 20;
const REST_MS = 60;

type Pin = (typeof PINS)[number];
type Told =
  | { event: 'contact'; pin: Pin; closed: boolean; at: number }
  | { event: 'sent' | 'received'; bytes: string; at: number };

/** The real StandardFirmata in an emulated Arduino behind a tty (tests/support/firmata-board). */
export class FirmataBenchPanel implements BenchPanel {
  onPush: BenchPanel['onPush'] = () => undefined;
  onLight: BenchPanel['onLight'] = () => undefined;
  readonly ownMs: number[] = [];
  readonly #path: string;
  readonly #board: Program;
  #light = false;
  /** When each button was let go, CLOCK_MONOTONIC ms; infinite while it is pushed. */
  readonly #openMs: number[] = PINS.map(() => 0);
  /** The byte that was received last was the command for the light's port. */
  #afterCommand = false;
  #pushedMs: number | undefined;

  private constructor(path: string) {
    this.#path = path;
    this.#board = Program.node(BOARD, '--tty', path, '--hex', HEX, '--speed', '0.5', '--trace');
    this.#board.onLine = (text) => this.#hear(JSON.parse(text) as Told);
  }

  static async start(folder: string): Promise<FirmataBenchPanel> {
    const panel = new FirmataBenchPanel(join(folder, 'tty'));
    await panel.#board.ask('{"do":"plug"}', '"event":"plugged"');
    return panel;
  }

  /** `panel` of a terminal's configuration. */
  get config(): string {
    return `{ type: firmata, port: ${this.#path}, pins: [${PINS}], led: ${LED} }`;
  }

  makeDriver(): PanelDriver {
    const config = firmataPanelConfigSchema.parse({ type: 'firmata', port: this.#path, pins: PINS, led: LED });
    return new FirmataPanelDriver({ config, clock: new SystemClock('system', 0) });
  }

  /** A real board is never kept waiting; the emulator is, and would report a release and the next push together. */
  async rested(button: Rating): Promise<void> {
    while (monotonicMs() < (this.#openMs[button] ?? 0) + REST_MS) await wait(1);
  }

  push(button: Rating): void {
    this.#openMs[button] = Number.POSITIVE_INFINITY;
    const steps = [
      [0, true],
      [HOLD_MS, false],
    ];
    this.#board.tell(JSON.stringify({ do: 'contact', at: monotonicMs(), pin: PINS[button], steps }));
  }

  async stop(): Promise<void> {
    await this.#board.stop();
  }

  #hear(told: Told): void {
    if (told.event === 'contact' && !told.closed) {
      this.#openMs[PINS.indexOf(told.pin)] = told.at;
    }
    if (told.event === 'contact' && told.closed) {
      this.#pushedMs = told.at;
      this.onPush(told.at);
    } else if (told.event === 'sent') this.#onSent(Buffer.from(told.bytes, 'hex'), told.at);
    else if (told.event === 'received') this.#onReceived(Buffer.from(told.bytes, 'hex'), told.at);
  }

  #onSent(bytes: Buffer, atMs: number): void {
    if (this.#pushedMs === undefined || !bytes.includes(REPORT_COMMAND)) return;
    this.ownMs.push(atMs - this.#pushedMs);
    this.#pushedMs = undefined;
  }

  #onReceived(bytes: Buffer, atMs: number): void {
    for (const byte of bytes) {
      if (this.#afterCommand) this.#show(((byte >> (LED & 7)) & 1) === 1, atMs);
      this.#afterCommand = byte === LED_COMMAND;
    }
  }

  #show(on: boolean, atMs: number): void {
    if (on === this.#light) return;
    this.#light = on;
    this.onLight(on, atMs);
  }
}
