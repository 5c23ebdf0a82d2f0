import { randomUUID } from 'node:crypto';
import {
  type DeviceClock,
  MqttTransport,
  type PressOutcome,
  ResilientJournal,
  SettingsFile,
  SILENT_LOG,
  Terminal,
  VirtualPanel,
} from '@hymio/device';
import type { Cancel, Rating } from '@hymio/protocol';
import type { KeptPress } from './terminal-program.js';

/** A terminal's clock that stands where the test sets it; timers run in real time, so that the network works. */
export class SkewedClock implements DeviceClock {
  readonly bootId: string;
  isSynced: boolean;
  #wallMs: number;
  #bootMs = 0;

  constructor(wallMs: number, { bootId = randomUUID() as string, synced = true } = {}) {
    this.#wallMs = wallMs;
    this.bootId = bootId;
    this.isSynced = synced;
  }

  now(): number {
    return this.#wallMs;
  }

  monotonic(): number {
    return this.#bootMs;
  }

  synced(): boolean {
    return this.isSynced;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }

  /** Time passes. */
  advance(ms: number): void {
    this.#wallMs += ms;
    this.#bootMs += ms;
  }

  /** The wall clock is moved, as time synchronisation does it, or a hand. */
  setWall(wallMs: number): void {
    this.#wallMs = wallMs;
  }
}

export interface SkewedTerminalOptions {
  terminal: string;
  /** Data folder. */
  folder: string;
  brokerPort: number;
  clock: SkewedClock;
}

/** The real firmware over a real journal and network, with a clock and buttons in the test's hand. */
export class SkewedTerminal {
  readonly clock: SkewedClock;
  readonly #id: string;
  readonly #panel = new VirtualPanel();
  readonly #terminal: Terminal;

  constructor({ terminal, folder, brokerPort, clock }: SkewedTerminalOptions) {
    this.clock = clock;
    this.#id = terminal;
    // Reconnects after the shortest pause there is.
    const random = () => 0;
    const log = SILENT_LOG;
    const real = new SkewedClock(0);
    const url = `mqtt://127.0.0.1:${brokerPort}`;
    const place = {
      folder,
      terminal,
      now: () => clock.now(),
      opening: () => ({ epoch: randomUUID(), bootId: clock.bootId, bootMs: clock.monotonic() }),
    };
    this.#terminal = new Terminal({
      clock,
      random,
      panel: this.#panel,
      transport: new MqttTransport({ terminal, url, clock: real, random, log }),
      settings: new SettingsFile(folder),
      log,
      hardware: () => ({}),
      openJournal: (onNotice) => new ResilientJournal(place, onNotice),
      firmware: 'test',
      builtAt: Date.UTC(2020, 0, 1),
    });
  }

  start(): void {
    this.#terminal.start();
  }

  press(rating: Rating): KeptPress {
    const outcome: PressOutcome = this.#panel.press(rating);
    if (!outcome.kept) throw new Error(`not kept: ${outcome.code}`);
    return { terminal: this.#id, epoch: outcome.epoch, seq: outcome.seq, rating };
  }

  /** What its status says it still has to deliver. */
  pending(): number | undefined {
    return this.#terminal.status()?.pending;
  }

  faults(): string[] {
    return this.#terminal.status()?.faults.map(({ code }) => code) ?? [];
  }

  stop(): Promise<void> {
    return this.#terminal.stop();
  }
}
