import type { Rating } from '@hymio/protocol';
import type { Firmata } from 'firmata-io';
import type Board from 'johnny-five/lib/board.js';
import type { FirmataPanelConfig } from './firmata-panel-config.js';
import { type FirmataLibraries, forgetBoard } from './load-libraries.js';
import { type PinPlan, planPins } from './pin-plan.js';

export interface FirmataBoardListener {
  /** A button's contact as the board reports it: each one once at first, then its changes. */
  contact(button: Rating, down: boolean): void;
  /** The contacts of all four buttons are known. */
  known(): void;
  /** The board cannot do what is configured. */
  refused(detail: string): void;
}

/** A johnny-five board that has shaken hands, with its pins set for a panel. */
export class FirmataBoard {
  readonly #libraries: FirmataLibraries;
  readonly #config: FirmataPanelConfig;
  readonly #io: Firmata;
  readonly #board: Board;
  readonly #levels = new Map<Rating, boolean>();
  #plan: PinPlan | undefined;

  /** `io` has reported its capabilities. */
  constructor(libraries: FirmataLibraries, io: Firmata, config: FirmataPanelConfig) {
    this.#libraries = libraries;
    this.#config = config;
    this.#io = io;
    this.#board = new libraries.Board({ io, repl: false, debug: false, sigint: false });
  }

  start(listener: FirmataBoardListener): void {
    this.#board.once('ready', () => this.#configure(listener));
  }

  light(on: boolean): void {
    this.#write(this.#plan?.led, on);
  }

  beep(on: boolean): void {
    this.#write(this.#plan?.beeper, on);
  }

  /** Asks for the contacts as they are: an answer shows that the board lives, and makes good a report that was lost. */
  ask(): void {
    const pins = [...(this.#plan?.buttons.keys() ?? [])];
    const onePerPort = pins.filter((pin, index) => pins.findIndex((other) => other >> 3 === pin >> 3) === index);
    for (const pin of onePerPort) this.#io.reportDigitalPin(pin, 1);
  }

  forget(): void {
    forgetBoard(this.#libraries, this.#board);
  }

  #configure(listener: FirmataBoardListener): void {
    const { MODES, analogPins, pins } = this.#io;
    const plan = planPins(this.#config, { pins, analogPins, modes: MODES });
    if (typeof plan === 'string') {
      listener.refused(plan);
      return;
    }
    this.#plan = plan;
    // A board that was not reset still reports what an earlier user of it wanted, while pins and pull-ups change.
    for (const channel of analogPins.keys()) this.#io.reportAnalogPin(channel, 0);
    for (const pin of plan.buttons.keys()) this.#io.reportDigitalPin(pin, 0);
    for (const pin of plan.buttons.keys())
      this.#board.pinMode(pin, plan.buttonMode === 'pullup' ? MODES.PULLUP : MODES.INPUT);
    for (const pin of [plan.led, plan.beeper]) {
      if (pin === undefined) continue;
      this.#board.pinMode(pin, MODES.OUTPUT);
      this.#write(pin, false);
    }
    for (const port of plan.inputMasks.keys()) this.#writePort(port);
    // Answered in order: reports behind the answer are of the pins as they are set now.
    this.#io.reportVersion(() => this.#read(plan, listener));
  }

  #read(plan: PinPlan, listener: FirmataBoardListener): void {
    for (const [pin, button] of plan.buttons) {
      this.#board.digitalRead(pin, (value) => this.#onValue(button, value, listener));
    }
  }

  #onValue(button: Rating, value: number, listener: FirmataBoardListener): void {
    const down = (value === 1) !== this.#config.activeLow;
    if (this.#levels.get(button) === down) return;
    const news = !this.#levels.has(button);
    this.#levels.set(button, down);
    if (!news || down) listener.contact(button, down);
    if (news && this.#levels.size === this.#plan?.buttons.size) listener.known();
  }

  #write(pin: number | undefined, on: boolean): void {
    if (pin === undefined) return;
    this.#keepInputs(pin >> 3);
    this.#board.digitalWrite(pin, on ? 1 : 0);
  }

  #writePort(port: number): void {
    this.#keepInputs(port);
    this.#io.writeDigitalPort(port);
  }

  #keepInputs(port: number): void {
    const inputs = this.#plan?.inputMasks.get(port);
    if (inputs === undefined) return;
    this.#io.ports[port] = ((this.#io.ports[port] ?? 0) & ~inputs.mask) | inputs.bits;
  }
}
