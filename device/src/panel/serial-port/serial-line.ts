import { statSync } from 'node:fs';
import type { Cancel, Clock } from '@hymio/protocol';
import type { SerialPort } from 'serialport';
import type { PanelFaultCode } from '../driver/panel-driver.js';
import { openFault } from './open-fault.js';

/** A port that was pulled out may answer reads with nothing for ever: its device file is looked for this often. */
const PRESENCE_POLL_MS = 500;

const LAST_WORDS_MS = 200;

export interface SerialLineListener {
  opened(): void;
  /** Bytes as they came; the buffer is the listener's to keep. */
  data(bytes: Uint8Array): void;
  /** Could not be opened, or stopped working; everything is closed by now. At most once, never after `close`. */
  failed(code: PanelFaultCode, detail: string): void;
}

type State =
  | { name: 'idle' }
  | { name: 'opening'; cancelled: (() => void) | undefined }
  | { name: 'open'; port: SerialPort; listener: SerialLineListener; cancelWatch: Cancel }
  | { name: 'closed' };

/** One opening of one serial port, 8 data bits, no parity. Opened once; for another try make another. */
export class SerialLine {
  readonly path: string;
  readonly #baudRate: number;
  readonly #clock: Clock;
  #state: State = { name: 'idle' };

  constructor(path: string, baudRate: number, clock: Clock) {
    this.path = path;
    this.#baudRate = baudRate;
    this.#clock = clock;
  }

  /** Faults of opening come through `failed`, never as an exception. */
  open(listener: SerialLineListener): void {
    if (this.#state.name !== 'idle') throw new Error('A serial line is opened once.');
    this.#state = { name: 'opening', cancelled: undefined };
    this.#connect(listener).catch((error: unknown) => this.#onBroken(listener, error));
  }

  /** Ignored unless open: what a panel should have shown is said anew when it is back. */
  write(bytes: Uint8Array | string): void {
    if (this.#state.name === 'open') this.#state.port.write(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
  }

  /** Resolves once the port is free for others. */
  async close(): Promise<void> {
    const state = this.#state;
    if (state.name === 'opening') {
      await new Promise<void>((resolve) => {
        const earlier = state.cancelled;
        state.cancelled = () => {
          earlier?.();
          resolve();
        };
      });
      return;
    }
    this.#state = { name: 'closed' };
    if (state.name !== 'open') return;
    state.cancelWatch();
    await this.#written(state.port);
    await closed(state.port);
  }

  /** What was written last is still said; a port that takes nothing any more is not waited for. */
  #written(port: SerialPort): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(LAST_WORDS_MS, resolve);
      port.write('', () => {
        cancel();
        resolve();
      });
    });
  }

  async #connect(listener: SerialLineListener): Promise<void> {
    // Loaded here: a terminal whose panel is not on a cable does without it.
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({ path: this.path, baudRate: this.#baudRate, autoOpen: false });
    // A failed write is reported here as well as by `close`; whichever comes first closes the line.
    port.on('error', (error) => this.#fail(port, 'panel-unplugged', error.message));
    port.on('close', () => this.#fail(port, 'panel-unplugged', 'the connection ended'));
    port.on('data', (bytes: Buffer) => {
      if (this.#state.name === 'open') listener.data(bytes);
    });
    port.open((error) => this.#onOpened(port, listener, error));
  }

  /** The library itself could not be loaded. */
  #onBroken(listener: SerialLineListener, error: unknown): void {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (state.name === 'opening' && state.cancelled !== undefined) state.cancelled();
    else listener.failed('panel-failed', `${this.path}: ${error instanceof Error ? error.message : String(error)}`);
  }

  #onOpened(port: SerialPort, listener: SerialLineListener, error: Error | null): void {
    const state = this.#state;
    if (state.name !== 'opening') return;
    const { cancelled } = state;
    if (cancelled !== undefined) {
      this.#state = { name: 'closed' };
      void closed(port).then(cancelled);
      return;
    }
    if (error !== null) {
      this.#state = { name: 'closed' };
      const { code, detail } = openFault(this.path, error.message);
      listener.failed(code, detail);
      return;
    }
    this.#state = { name: 'open', port, listener, cancelWatch: this.#watch(port) };
    listener.opened();
  }

  #watch(port: SerialPort): Cancel {
    return this.#clock.after(PRESENCE_POLL_MS, () => {
      if (this.#state.name !== 'open') return;
      if (present(this.path)) this.#state.cancelWatch = this.#watch(port);
      else this.#fail(port, 'panel-unplugged', 'its device file is gone');
    });
  }

  #fail(port: SerialPort, code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (state.name !== 'open') return;
    this.#state = { name: 'closed' };
    state.cancelWatch();
    void closed(port).then(() => state.listener.failed(code, `${this.path}: ${detail}`));
  }
}

/** Closes where it is still open; a port that was pulled out may refuse, and is gone all the same. */
function closed(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    if (port.closing) port.once('close', () => resolve());
    else if (port.isOpen) port.close(() => resolve());
    else resolve();
  });
}

function present(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
