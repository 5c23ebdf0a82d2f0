import { type Cancel, type Clock, RATINGS } from '@hymio/protocol';
import type { DriverListener, PanelDriver, PanelFaultCode } from '../driver/panel-driver.js';
import { choosePort } from '../serial-port/choose-port.js';
import { listSerialPorts, type SerialPortInfo } from '../serial-port/list-serial-ports.js';
import { SerialLine } from '../serial-port/serial-line.js';
import { type FrameState, NO_FRAME, readFrames } from './serial-frame.js';
import { hostLine, type PanelMessage, type PanelState, readPanelMessage, SERIAL_PROTOCOL } from './serial-message.js';

/** A board that resets when its port is opened stays in its boot loader for two seconds. */
const HELLO_TIMEOUT_MS = 6_000;
const HELLO_INTERVAL_MS = 500;
const PING_INTERVAL_MS = 1_000;
/** Three pings without one good line. */
const SILENCE_MS = 3_500;
const BUTTONS = 4;
/** A board with another sketch or baud rate and another device at that port cannot be told apart. */
const MEND = 'name another port (hymio-terminal ports), or upload the sketch of docs/panel-serial.md to the board';

export interface SerialPanelOptions {
  /** Device file or `auto`. */
  port: string;
  baudRate: number;
  clock: Clock;
  /** Reports every contact change as well, for a test of the panel: presses stay the panel's own. */
  rawEdges?: boolean;
  listPorts?: () => SerialPortInfo[];
}

type State =
  | { name: 'idle' }
  | { name: 'greeting'; line: SerialLine; listener: DriverListener; cancel: Cancel; heard: 'nothing' | 'noise' }
  | { name: 'ready'; line: SerialLine; listener: DriverListener; cancel: Cancel; panelBoot: string; heardAtMs: number }
  | { name: 'failing' | 'closed' };

/** A panel whose microcontroller debounces, numbers and keeps its presses until they are settled. */
export class SerialPanelDriver implements PanelDriver {
  readonly #options: SerialPanelOptions;
  #state: State = { name: 'idle' };
  #frames: FrameState = NO_FRAME;
  #rejected = 0;
  #nonce = 0;
  #light = false;
  #beep = false;
  #dropped = new Map<string, number>();

  constructor(options: SerialPanelOptions) {
    this.#options = options;
  }

  open(listener: DriverListener): void {
    if (this.#state.name !== 'idle') throw new Error('A panel driver is opened once.');
    const { clock, port, baudRate, listPorts = listSerialPorts } = this.#options;
    const choice = choosePort(port, listPorts);
    if ('code' in choice) {
      this.#state = { name: 'failing' };
      // Not within the caller's own call: it may not have kept this driver yet.
      clock.after(0, () => {
        if (this.#state.name === 'failing') listener.failed(choice.code, choice.detail);
      });
      return;
    }
    const line = new SerialLine(choice.path, baudRate, clock);
    this.#state = { name: 'greeting', line, listener, cancel: () => undefined, heard: 'nothing' };
    line.open({
      opened: () => this.#greet(clock.monotonic()),
      data: (bytes) => this.#onData(bytes),
      failed: (code, detail) => this.#onLineFailed(code, detail),
    });
  }

  light(on: boolean): void {
    if (this.#state.name !== 'ready') return;
    this.#light = on;
    this.#state.line.write(hostLine.light(on));
  }

  beep(on: boolean): void {
    if (this.#state.name !== 'ready') return;
    this.#beep = on;
    this.#state.line.write(hostLine.beep(on));
  }

  settle(panelBoot: string, number: number): void {
    if (this.#state.name === 'ready') this.#state.line.write(hostLine.settle(panelBoot, number));
  }

  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (state.name !== 'greeting' && state.name !== 'ready') return;
    state.cancel();
    if (state.name === 'ready') state.line.write(hostLine.light(false) + hostLine.beep(false));
    await state.line.close();
  }

  #greet(openedAtMs: number): void {
    const state = this.#state;
    if (state.name !== 'greeting') return;
    const { clock } = this.#options;
    if (clock.monotonic() - openedAtMs >= HELLO_TIMEOUT_MS) {
      if (state.heard === 'noise')
        this.#fail('panel-wrong-port', `something answers there, but it is no serial panel; ${MEND}`);
      else this.#fail('panel-silent', `nothing answers there; ${MEND}`);
      return;
    }
    state.line.write(hostLine.hello());
    state.cancel = clock.after(HELLO_INTERVAL_MS, () => this.#greet(openedAtMs));
  }

  #beat(): void {
    const state = this.#state;
    if (state.name !== 'ready') return;
    const { clock } = this.#options;
    if (clock.monotonic() - state.heardAtMs >= SILENCE_MS) {
      const damaged = this.#rejected === 0 ? '' : `, ${this.#rejected} damaged lines so far`;
      this.#fail('panel-silent', `it has not answered for ${SILENCE_MS / 1000} seconds${damaged}`);
      return;
    }
    this.#nonce += 1;
    state.line.write(hostLine.ping(this.#nonce, this.#light, this.#beep));
    state.cancel = clock.after(PING_INTERVAL_MS, () => this.#beat());
  }

  #onData(bytes: Uint8Array): void {
    const { state, bodies, rejected } = readFrames(this.#frames, bytes);
    this.#frames = state;
    this.#rejected += rejected;
    if (this.#state.name === 'greeting') this.#state.heard = 'noise';
    for (const body of bodies) {
      const message = readPanelMessage(body);
      if (message !== undefined) this.#onMessage(message);
    }
  }

  #onMessage(message: PanelMessage): void {
    if (message.type === 'hello') this.#onHello(message);
    const state = this.#state;
    if (state.name !== 'ready') return;
    const { listener } = state;
    const nowMs = this.#options.clock.monotonic();
    state.heardAtMs = nowMs;
    switch (message.type) {
      case 'hello':
      case 'pong':
        this.#noteDropped(listener, message);
        listener.contacts?.(RATINGS.filter((rating) => (message.downMask >> rating) % 2 === 1));
        return;
      case 'press': {
        const { button, panelBoot, number, ageMs, ageIsMinimum } = message;
        const press = { button, panelBoot, number, bootMs: nowMs - ageMs };
        listener.press(ageIsMinimum ? { ...press, ageIsMinimum } : press);
        return;
      }
      case 'edge':
        if (this.#options.rawEdges === true)
          listener.edge({ button: message.button, down: message.down, bootMs: nowMs - message.ageMs });
    }
  }

  #onHello(hello: PanelMessage & { type: 'hello' }): void {
    const state = this.#state;
    if (state.name !== 'greeting' && state.name !== 'ready') return;
    if (hello.protocol !== SERIAL_PROTOCOL) {
      this.#fail(
        'panel-wrong-firmware',
        `it speaks version ${hello.protocol} of the panel protocol, this is ${SERIAL_PROTOCOL}`,
      );
      return;
    }
    if (hello.buttons !== BUTTONS) {
      this.#fail('panel-wrong-firmware', `it has ${hello.buttons} buttons instead of ${BUTTONS}`);
      return;
    }
    const { panelBoot } = hello;
    if (state.name === 'ready' && state.panelBoot === panelBoot) return;
    state.cancel();
    // A new power-up within a connection is a panel that was reset: it has forgotten what it should show.
    const first = state.name === 'greeting';
    const { line, listener } = state;
    const heardAtMs = this.#options.clock.monotonic();
    this.#state = { name: 'ready', line, listener, cancel: () => undefined, panelBoot, heardAtMs };
    line.write(hostLine.edges(this.#options.rawEdges === true));
    this.#beat();
    const description = describe(hello, line.path);
    if (first) listener.ready(description);
    else listener.restarted?.(description);
  }

  /** Told once per connection and whenever it grows; what was told before is known above. */
  #noteDropped(listener: DriverListener, { panelBoot, dropped }: PanelState): void {
    if (dropped <= (this.#dropped.get(panelBoot) ?? 0)) return;
    this.#dropped.set(panelBoot, dropped);
    listener.dropped?.(panelBoot, dropped);
  }

  #fail(code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (state.name !== 'greeting' && state.name !== 'ready') return;
    this.#state = { name: 'failing' };
    state.cancel();
    void state.line.close().then(() => {
      if (this.#state.name === 'failing') state.listener.failed(code, `${state.line.path}: ${detail}`);
    });
  }

  /** The line has closed itself. */
  #onLineFailed(code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (state.name !== 'greeting' && state.name !== 'ready') return;
    this.#state = { name: 'closed' };
    state.cancel();
    state.listener.failed(code, detail);
  }
}

function describe(hello: PanelMessage & { type: 'hello' }, path: string): string {
  const waiting = hello.waiting === 0 ? '' : `, ${hello.waiting} presses waiting`;
  return `serial panel on ${path}, firmware ${hello.firmware}, power-up ${hello.panelBoot}${waiting}`;
}
