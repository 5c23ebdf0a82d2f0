import { EventEmitter } from 'node:events';
import type { SerialLine } from '../serial-port/serial-line.js';

/** A serial line as firmata-io wants its transport. */
export class LineTransport extends EventEmitter {
  readonly #line: SerialLine;

  constructor(line: SerialLine) {
    super();
    this.#line = line;
  }

  write(bytes: Uint8Array, done?: () => void): void {
    this.#line.write(bytes);
    done?.();
  }

  receive(bytes: Uint8Array): void {
    this.emit('data', bytes);
  }
}
