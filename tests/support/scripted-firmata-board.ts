import { PseudoTerminal } from './pseudo-terminal.js';

const PINS = 20;
const FIRST_ANALOG = 14;
const VERSION = [0xf9, 2, 5];
const name = [...Buffer.from('StandardFirmata.ino', 'latin1')].flatMap((letter) => [letter, 0]);
const FIRMWARE = [0xf0, 0x79, 2, 5, ...name, 0xf7];
/** Each pin: input, output and pull-up of one bit. */
const CAPABILITIES = [0xf0, 0x6c, ...Array.from({ length: PINS }, () => [0, 1, 1, 1, 11, 1, 0x7f]).flat(), 0xf7];
const ANALOG = [
  0xf0,
  0x6a,
  ...Array.from({ length: PINS }, (_, pin) => (pin < FIRST_ANALOG ? 0x7f : pin - FIRST_ANALOG)),
  0xf7,
];

/** Length of a message by its first byte, where it has no end of its own. */
const LENGTHS: Readonly<Record<number, number>> = { 144: 3, 192: 2, 208: 2, 224: 3, 244: 3, 245: 3, 249: 1, 255: 1 };

/** What a board with StandardFirmata answers, said by a program, so that it can say anything else as well. Needs `socat`. */
export class ScriptedFirmataBoard {
  readonly #tty = new PseudoTerminal((bytes) => this.#hear(bytes));
  #heard: number[] = [];

  static async plugged(): Promise<ScriptedFirmataBoard> {
    const board = new ScriptedFirmataBoard();
    await board.#tty.plug();
    return board;
  }

  get path(): string {
    return this.#tty.path;
  }

  say(bytes: Uint8Array): void {
    this.#tty.write(bytes);
  }

  remove(): Promise<void> {
    return this.#tty.remove();
  }

  #hear(bytes: Buffer): void {
    this.#heard.push(...bytes);
    for (let length = this.#wholeMessage(); length > 0; length = this.#wholeMessage()) {
      this.say(Buffer.from(answerTo(this.#heard.splice(0, length))));
    }
  }

  /** Length of the message that the bytes begin with; 0: it is not whole yet. */
  #wholeMessage(): number {
    const [first] = this.#heard;
    if (first === undefined) return 0;
    if (first === 0xf0) return this.#heard.indexOf(0xf7) + 1;
    const length = LENGTHS[first] ?? LENGTHS[first & 0xf0] ?? 1;
    return this.#heard.length >= length ? length : 0;
  }
}

function answerTo([first = 0, second = 0]: readonly number[]): readonly number[] {
  if (first === 0xf9) return VERSION;
  if (first === 0xf0 && second === 0x79) return FIRMWARE;
  if (first === 0xf0 && second === 0x6b) return CAPABILITIES;
  if (first === 0xf0 && second === 0x69) return ANALOG;
  // A port whose contacts are to be reported: all of them are open.
  if ((first & 0xf0) === 0xd0 && second === 1) return [0x90 | (first & 0x0f), 0x7f, 1];
  return [];
}
