import type { Cancel, Clock, Rating } from '@hymio/protocol';
import type { Firmata } from 'firmata-io';
import type { DriverListener, PanelDriver, PanelFaultCode } from '../driver/panel-driver.js';
import { choosePort } from '../serial-port/choose-port.js';
import { listSerialPorts, type SerialPortInfo } from '../serial-port/list-serial-ports.js';
import { SerialLine } from '../serial-port/serial-line.js';
import { FirmataBoard } from './firmata-board.js';
import type { FirmataPanelConfig } from './firmata-panel-config.js';
import { LineTransport } from './line-transport.js';
import { type FirmataLibraries, loadLibraries } from './load-libraries.js';
import { openMessageBytes } from './open-message-bytes.js';

/** A board that resets when its port is opened stays in its boot loader, then blinks its version, for four seconds. */
const HANDSHAKE_TIMEOUT_MS = 8_000;
const ASK_EVERY_MS = 500;
const PING_EVERY_MS = 1_000;
/** Three pings without a byte. */
const SILENCE_MS = 3_500;
const FIRMATA_MAJOR = 2;
/** The longest there is lists what each pin can do: of the largest board some 2,000 bytes. */
const LONGEST_MESSAGE_BYTES = 8_192;
const ASK_VERSION = new Uint8Array([0xf9]);
const ASK_FIRMWARE = new Uint8Array([0xf0, 0x79, 0xf7]);
const UPLOAD = 'upload StandardFirmata to it (docs/wiring.md)';
const OTHER_PORT = 'name another port (hymio-terminal ports)';

export interface FirmataPanelOptions {
  config: FirmataPanelConfig;
  clock: Clock;
  listPorts?: () => SerialPortInfo[];
}

interface Connection {
  line: SerialLine;
  listener: DriverListener;
  cancel: Cancel;
}
/** The furthest that a handshake came. */
type Heard = 'nothing' | 'noise' | 'version' | 'firmware';
type State =
  | { name: 'idle' }
  | { name: 'loading' }
  | ({ name: 'greeting'; io: Firmata; openedMs: number; heard: Heard } & Connection)
  | ({ name: 'configuring' | 'ready'; board: FirmataBoard; heardMs: number } & Connection)
  | { name: 'closed' };

/** Buttons and light on an Arduino that runs StandardFirmata, over USB, by johnny-five. */
export class FirmataPanelDriver implements PanelDriver {
  readonly #options: FirmataPanelOptions;
  #state: State = { name: 'idle' };
  /** When the bytes came that are being read, boot ms. */
  #receivedMs = 0;
  /** What the bytes that are being read have to tell. */
  readonly #told: (() => void)[] = [];
  /** Of a message that has not ended. */
  #openBytes = 0;

  constructor(options: FirmataPanelOptions) {
    this.#options = options;
  }

  open(listener: DriverListener): void {
    if (this.#state.name !== 'idle') throw new Error('A panel driver is opened once.');
    this.#state = { name: 'loading' };
    void this.#start(listener);
  }

  light(on: boolean): void {
    if (this.#state.name === 'ready') this.#state.board.light(on);
  }

  beep(on: boolean): void {
    if (this.#state.name === 'ready') this.#state.board.beep(on);
  }

  settle(): void {
    // StandardFirmata numbers nothing.
  }

  async close(): Promise<void> {
    this.light(false);
    this.beep(false);
    await this.#end();
  }

  async #start(listener: DriverListener): Promise<void> {
    const { config, clock, listPorts = listSerialPorts } = this.#options;
    let libraries: FirmataLibraries;
    try {
      libraries = await loadLibraries();
    } catch (error) {
      this.#refuse(listener, 'panel-failed', `johnny-five cannot be loaded: ${String(error)}`);
      return;
    }
    const choice = choosePort(config.port, listPorts);
    if ('code' in choice) {
      this.#refuse(listener, choice.code, choice.detail);
      return;
    }
    if (this.#state.name !== 'loading') return;
    this.#connect(libraries, new SerialLine(choice.path, config.baudRate, clock), listener);
  }

  #refuse(listener: DriverListener, code: PanelFaultCode, detail: string): void {
    if (this.#state.name !== 'loading') return;
    this.#state = { name: 'closed' };
    listener.failed(code, detail);
  }

  #connect(libraries: FirmataLibraries, line: SerialLine, listener: DriverListener): void {
    const { clock } = this.#options;
    const transport = new LineTransport(line);
    const io = new libraries.Firmata(transport, { reportVersionTimeout: HANDSHAKE_TIMEOUT_MS });
    // It asks once and much later than we do.
    clearTimeout(io.reportVersionTimeoutId);
    io.on('reportversion', () => this.#onVersion(io));
    io.on('queryfirmware', () => this.#onFirmware(io));
    io.once('ready', () => this.#configure(libraries, io));
    const openedMs = clock.monotonic();
    this.#state = { name: 'greeting', io, openedMs, heard: 'nothing', line, listener, cancel: () => undefined };
    line.open({
      opened: () => this.#greet(),
      data: (bytes) => this.#onData(transport, bytes),
      failed: (code, detail) => this.#onLineFailed(code, detail),
    });
  }

  #greet(): void {
    const state = this.#state;
    if (state.name !== 'greeting') return;
    const { clock } = this.#options;
    if (clock.monotonic() - state.openedMs >= HANDSHAKE_TIMEOUT_MS) {
      this.#fail(...NO_HANDSHAKE[state.heard]);
      return;
    }
    // Queries are answered in order, and what follows is asked for by firmata-io once the firmware is known: a report of
    // the firmware after that is one that nobody asked for.
    if (state.heard !== 'firmware') state.line.write(state.heard === 'version' ? ASK_FIRMWARE : ASK_VERSION);
    state.cancel = clock.after(ASK_EVERY_MS, () => this.#greet());
  }

  #onData(transport: LineTransport, bytes: Uint8Array): void {
    const state = this.#state;
    this.#receivedMs = this.#options.clock.monotonic();
    if (state.name === 'greeting' && state.heard === 'nothing') state.heard = 'noise';
    if (state.name === 'configuring' || state.name === 'ready') state.heardMs = this.#receivedMs;
    this.#openBytes = openMessageBytes(this.#openBytes, bytes);
    const odd = this.#openBytes > LONGEST_MESSAGE_BYTES ? 'a message without an end' : oddityOf(transport, bytes);
    // Only now, so that an error of who is told is not taken for one of the library.
    for (const tell of this.#told.splice(0)) tell();
    if (odd !== undefined) this.#onOdd(odd);
  }

  /** The library stopped in the middle of something: what it would make of the next bytes nobody knows. */
  #onOdd(odd: string): void {
    if (this.#state.name === 'greeting') this.#fail(...NO_HANDSHAKE.noise);
    else this.#fail('panel-failed', `what the board said is not Firmata (${odd}); look at the cable`);
  }

  #onVersion({ version }: Firmata): void {
    const state = this.#state;
    if (state.name !== 'greeting') return;
    if (version.major !== FIRMATA_MAJOR) {
      this.#fail('panel-wrong-firmware', `it speaks Firmata ${version.major}.${version.minor}; ${UPLOAD}`);
      return;
    }
    if (state.heard === 'version' || state.heard === 'firmware') return;
    state.heard = 'version';
    state.line.write(ASK_FIRMWARE);
  }

  #onFirmware({ firmware }: Firmata): void {
    const { name = '' } = firmware;
    const state = this.#state;
    if (state.name === 'greeting') {
      state.heard = 'firmware';
      if (!/firmata/i.test(name))
        this.#fail('panel-wrong-firmware', `it runs ${name || 'a sketch without a name'}; ${UPLOAD}`);
      return;
    }
    // Said at every start of the board: pins and reports are no longer as they were set.
    this.#fail('panel-reset', 'the board has started anew');
  }

  #configure(libraries: FirmataLibraries, io: Firmata): void {
    const state = this.#state;
    if (state.name !== 'greeting') return;
    state.cancel();
    const { clock, config } = this.#options;
    const { line, listener } = state;
    const board = new FirmataBoard(libraries, io, config);
    const cancel = clock.after(HANDSHAKE_TIMEOUT_MS, () => this.#fail('panel-silent', 'it does not report its pins'));
    this.#state = { name: 'configuring', board, heardMs: clock.monotonic(), line, listener, cancel };
    board.start({
      contact: (button, down) => this.#onContact(button, down),
      known: () => this.#onKnown(describe(io, line.path)),
      refused: (detail) => this.#fail('panel-failed', detail),
    });
  }

  #onContact(button: Rating, down: boolean): void {
    const state = this.#state;
    if (state.name !== 'configuring' && state.name !== 'ready') return;
    const edge = { button, down, bootMs: this.#receivedMs };
    this.#told.push(() => state.listener.edge(edge));
  }

  #onKnown(description: string): void {
    const state = this.#state;
    if (state.name !== 'configuring') return;
    state.cancel();
    this.#state = { ...state, name: 'ready' };
    this.#beat();
    this.#told.push(() => state.listener.ready(description));
  }

  #beat(): void {
    const state = this.#state;
    if (state.name !== 'ready') return;
    const { clock } = this.#options;
    if (clock.monotonic() - state.heardMs >= SILENCE_MS) {
      this.#fail('panel-silent', `the board has not answered for ${SILENCE_MS / 1000} seconds`);
      return;
    }
    state.board.ask();
    state.cancel = clock.after(PING_EVERY_MS, () => this.#beat());
  }

  #fail(code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (!isConnected(state)) return;
    void this.#end().then(() => state.listener.failed(code, `${state.line.path}: ${detail}`));
  }

  /** The line has closed itself. */
  #onLineFailed(code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (!isConnected(state)) return;
    void this.#end().then(() => state.listener.failed(code, detail));
  }

  async #end(): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (!isConnected(state)) return;
    state.cancel();
    if (state.name !== 'greeting') state.board.forget();
    await state.line.close();
  }
}

const NO_HANDSHAKE: Readonly<Record<Heard, [PanelFaultCode, string]>> = {
  nothing: ['panel-wrong-firmware', `nothing answers as Firmata does; ${UPLOAD}, or ${OTHER_PORT}`],
  noise: ['panel-wrong-firmware', `something answers there, but not as Firmata does; ${UPLOAD}, or ${OTHER_PORT}`],
  version: ['panel-silent', 'it began to speak Firmata and fell silent'],
  firmware: ['panel-silent', 'it began to speak Firmata and fell silent'],
};

/** firmata-io throws on what it cannot read; undefined where it could. */
function oddityOf(transport: LineTransport, bytes: Uint8Array): string | undefined {
  try {
    transport.receive(bytes);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isConnected(state: State): state is Extract<State, Connection> {
  return state.name === 'greeting' || state.name === 'configuring' || state.name === 'ready';
}

function describe({ firmware, version }: Firmata, path: string): string {
  return `${firmware.name ?? 'Firmata'} (protocol ${version.major}.${version.minor}) on ${path}`;
}
