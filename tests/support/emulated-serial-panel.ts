import { PseudoTerminal } from './pseudo-terminal.js';

/** What the cable does to a line on its way, in either direction. */
export type Cable = (line: Buffer) => Buffer;

export interface EmulatedSerialPanelOptions {
  /** Presses that fit into its memory. */
  capacity?: number;
  /** The version that it claims to speak, and how many buttons it has. */
  protocol?: number;
  buttons?: number;
  /** It forgets what it holds when it is reset, as one without EEPROM. */
  forgetful?: boolean;
  /** It never says a word. */
  silent?: boolean;
}

interface HeldPress {
  boot: string;
  number: number;
  button: number;
  madeAt: number;
  /** Held over a reset: only a lower bound of its age is known. */
  carried: boolean;
}

const REPEAT_MS = 150;
const REPEAT_AT_ONCE = 8;
/** Without a good line for this long, light and beeper go off. */
const HOST_GONE_MS = 3_000;

/** The microcontroller of docs/panel-serial.md, written after the document alone, behind a real tty. */
export class EmulatedSerialPanel {
  readonly terminal: PseudoTerminal;
  /** The light as it is now, and each of its changes with the time (performance.now). */
  light = false;
  readonly lightChanges: { on: boolean; at: number }[] = [];
  beeping = false;
  /** What the cable does, from the panel and to it. */
  outward: Cable = (line) => line;
  inward: Cable = (line) => line;
  /** It hangs: no answer to anything. */
  silent: boolean;
  readonly #options: Required<EmulatedSerialPanelOptions>;
  #power = 0;
  #numbered = 0;
  #dropped = 0;
  #downMask = 0;
  #rawEdges = false;
  #held: HeldPress[] = [];
  #received = '';
  #heardAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: EmulatedSerialPanelOptions = {}) {
    this.#options = { capacity: 32, protocol: 1, buttons: 4, forgetful: false, silent: false, ...options };
    this.silent = this.#options.silent;
    this.terminal = new PseudoTerminal((bytes) => this.#onBytes(bytes));
  }

  get path(): string {
    return this.terminal.path;
  }

  get boot(): string {
    return `e0a1-${this.#power}`;
  }

  get waiting(): number {
    return this.#held.length;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Power on and cable in. */
  async start(): Promise<void> {
    await this.plug();
    this.#boot();
    this.#timer = setInterval(() => this.#repeat(), REPEAT_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.terminal.remove();
  }

  async plug(): Promise<void> {
    this.#received = '';
    await this.terminal.plug();
  }

  async unplug(): Promise<void> {
    await this.terminal.unplug();
  }

  reset(): void {
    if (this.#options.forgetful) this.#held = [];
    for (const press of this.#held) press.carried = true;
    this.#boot();
  }

  /** Pushes and lets go; gives the identity, or undefined where the memory was full. */
  push(button: number): string | undefined {
    const identity = this.contact(button, true);
    this.contact(button, false);
    return identity;
  }

  /** A button's contact closes or opens; where it closes, gives the press's identity as `push` does. */
  contact(button: number, closed: boolean): string | undefined {
    this.#downMask = closed ? this.#downMask | (1 << button) : this.#downMask & ~(1 << button);
    if (this.#rawEdges) this.#send(`edge ${button} ${closed ? 1 : 0} 0`);
    if (!closed) return undefined;
    this.#numbered += 1;
    if (this.#held.length >= this.#options.capacity) {
      this.#dropped += 1;
      return undefined;
    }
    const press = { boot: this.boot, number: this.#numbered, button, madeAt: performance.now(), carried: false };
    this.#held.push(press);
    this.#sendPress(press);
    return `${press.boot}/${press.number}`;
  }

  /** Bytes that are no line of the panel's. */
  sendRaw(bytes: Uint8Array): void {
    this.terminal.write(bytes);
  }

  #boot(): void {
    this.#power += 1;
    this.#numbered = 0;
    this.#dropped = 0;
    this.#rawEdges = false;
    this.#setLight(false);
    this.beeping = false;
    this.#hello();
  }

  #repeat(): void {
    if (performance.now() - this.#heardAt >= HOST_GONE_MS) {
      this.#setLight(false);
      this.beeping = false;
    }
    for (const press of this.#held.slice(0, REPEAT_AT_ONCE)) this.#sendPress(press);
  }

  #sendPress({ boot, number, button, madeAt, carried }: HeldPress): void {
    const age = Math.round(performance.now() - madeAt);
    this.#send(`press ${boot} ${number} ${button} ${age}${carried ? '+' : ''}`);
  }

  #hello(): void {
    const { protocol, buttons } = this.#options;
    this.#send(`hello ${protocol} ${this.boot} emulated/1.0 ${buttons} ${this.#state()}`);
  }

  #state(): string {
    return `${this.#downMask} ${this.#held.length} ${this.#dropped}`;
  }

  #send(body: string): void {
    if (this.silent) return;
    this.terminal.write(this.outward(Buffer.from(`$${body}*${bitwiseCrc(body)}\n`, 'latin1')));
  }

  #onBytes(bytes: Buffer): void {
    this.#received += this.inward(bytes).toString('latin1');
    const lines = this.#received.split('\n');
    this.#received = (lines.pop() ?? '').slice(-200);
    for (const line of lines) this.#onLine(line);
  }

  #onLine(line: string): void {
    const frame = line.slice(Math.max(0, line.lastIndexOf('$')));
    const [, body, crc] = /^\$([^*]*)\*([0-9A-F]{8})$/.exec(frame) ?? [];
    if (this.silent || body === undefined || crc !== bitwiseCrc(body)) return;
    this.#heardAt = performance.now();
    const [command, first = '', second = '', third = ''] = body.split(' ');
    if (command === 'hello') {
      this.#hello();
      this.#repeat();
    } else if (command === 'settle') {
      this.#held = this.#held.filter(({ boot, number }) => boot !== first || number !== Number(second));
    } else if (command === 'light') this.#setLight(first === '1');
    else if (command === 'beep') this.beeping = first === '1';
    else if (command === 'edges') this.#rawEdges = first === '1';
    else if (command === 'ping') {
      this.#setLight(second === '1');
      this.beeping = third === '1';
      this.#send(`pong ${this.boot} ${first} ${this.#state()}`);
    }
  }

  /** It was asked to say every change of a contact. */
  get saysEdges(): boolean {
    return this.#rawEdges;
  }

  #setLight(on: boolean): void {
    if (on === this.light) return;
    this.light = on;
    this.lightChanges.push({ on, at: performance.now() });
  }
}

/** CRC-32/ISO-HDLC bit by bit, as the microcontroller works it out. */
export function bitwiseCrc(body: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(body, 'latin1')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (~crc >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
