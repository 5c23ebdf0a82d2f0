/** What is used of the two libraries, which have no types of their own. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  export interface FirmataPinRecord {
    supportedModes: number[];
    mode: number | undefined;
    analogChannel: number;
  }

  export class Firmata extends EventEmitter {
    constructor(transport: EventEmitter, options: { reportVersionTimeout: number });
    readonly MODES: { INPUT: number; OUTPUT: number; PULLUP: number };
    readonly pins: FirmataPinRecord[];
    /** Pins of each channel. */
    readonly analogPins: number[];
    /** Bits as they were last written or reported, by port of eight pins. */
    readonly ports: number[];
    readonly version: { major?: number; minor?: number };
    readonly firmware: { name?: string; version?: { major: number; minor: number } };
    readonly reportVersionTimeoutId: NodeJS.Timeout;
    reportVersion(onVersion: () => void): void;
    reportAnalogPin(channel: number, report: 0 | 1): void;
    reportDigitalPin(pin: number, report: 0 | 1): void;
    writeDigitalPort(port: number): void;
  }

  const bindTransport: { Firmata: typeof Firmata };
  export default bindTransport;
}

declare module 'johnny-five/lib/board.js' {
  import type { EventEmitter } from 'node:events';
  import type { Firmata } from 'firmata-io';

  export default class Board extends EventEmitter {
    constructor(options: { io: Firmata; repl: false; debug: false; sigint: false });
    /** Every board ever made; the library never lets go of one. */
    static readonly cache: Board[];
    pinMode(pin: number, mode: number): void;
    digitalWrite(pin: number, value: 0 | 1): void;
    digitalRead(pin: number, onValue: (value: number) => void): void;
  }
}
