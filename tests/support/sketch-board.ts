import {
  AVRADC,
  AVREEPROM,
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  adcConfig,
  avrInstruction,
  CPU,
  EEPROMMemoryBackend,
  PinState,
  portBConfig,
  portDConfig,
  timer0Config,
  usart0Config,
} from 'avr8js';

const CLOCK_HZ = 16_000_000;
const EEPROM_BYTES = 1024;
const FIRST_BUTTON_PIN = 2;
/** Arduino pins 9 and 10 are bits 1 and 2 of port B. */
const LIGHT_BIT = 1;
const BEEPER_BIT = 2;

/** An Arduino Uno with a program in it, four buttons, light and beeper, in its own time. */
export class SketchBoard {
  /** What it has said on its serial port. */
  said = '';
  /** Emulated milliseconds since power-up. */
  get nowMs(): number {
    return (this.#cpu.cycles / CLOCK_HZ) * 1000;
  }
  readonly #program: Uint16Array;
  readonly #eeprom = new EEPROMMemoryBackend(EEPROM_BYTES);
  #cpu: CPU;
  #portB: AVRIOPort;
  #portD: AVRIOPort;
  #usart: AVRUSART;
  #toSend: number[] = [];

  constructor(program: Uint8Array) {
    this.#program = new Uint16Array(16 * 1024);
    new Uint8Array(this.#program.buffer).set(program);
    ({ cpu: this.#cpu, portB: this.#portB, portD: this.#portD, usart: this.#usart } = this.#powerUp());
  }

  /** Power off and on again: RAM is lost, EEPROM is not. */
  reset(): void {
    ({ cpu: this.#cpu, portB: this.#portB, portD: this.#portD, usart: this.#usart } = this.#powerUp());
    this.#toSend = [];
  }

  get light(): boolean {
    return this.#portB.pinState(LIGHT_BIT) === PinState.High;
  }

  get beeper(): boolean {
    return this.#portB.pinState(BEEPER_BIT) === PinState.High;
  }

  /** Closes or opens a button's contact to ground. */
  contact(button: number, closed: boolean): void {
    this.#portD.setPin(FIRST_BUTTON_PIN + button, !closed);
  }

  send(line: string): void {
    this.#toSend.push(...Buffer.from(line, 'latin1'));
  }

  run(durationMs: number): void {
    const until = this.#cpu.cycles + (durationMs / 1000) * CLOCK_HZ;
    while (this.#cpu.cycles < until) {
      avrInstruction(this.#cpu);
      this.#cpu.tick();
      if (this.#toSend.length > 0 && !this.#usart.rxBusy && this.#usart.rxEnable)
        this.#usart.writeByte(this.#toSend.shift() ?? 0);
    }
  }

  #powerUp(): { cpu: CPU; portB: AVRIOPort; portD: AVRIOPort; usart: AVRUSART } {
    const cpu = new CPU(this.#program);
    const portB = new AVRIOPort(cpu, portBConfig);
    const portD = new AVRIOPort(cpu, portDConfig);
    new AVRTimer(cpu, timer0Config);
    new AVRADC(cpu, adcConfig);
    new AVREEPROM(cpu, this.#eeprom);
    const usart = new AVRUSART(cpu, usart0Config, CLOCK_HZ);
    usart.onByteTransmit = (byte) => {
      this.said += String.fromCharCode(byte);
    };
    for (let button = 0; button < 4; button += 1) portD.setPin(FIRST_BUTTON_PIN + button, true);
    return { cpu, portB, portD, usart };
  }
}
