import {
  AVRADC,
  AVREEPROM,
  AVRIOPort,
  AVRTimer,
  AVRTWI,
  AVRUSART,
  adcConfig,
  avrInstruction,
  CPU,
  EEPROMMemoryBackend,
  PinState,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
} from 'avr8js';

export const CLOCK_HZ = 16_000_000;
const FLASH_WORDS = 16 * 1024;
const EEPROM_BYTES = 1024;
/** An Arduino Uno's digital pins: 0–7 on port D, 8–13 on port B, 14–19 (A0–A5) on port C. */
const PORT_OF_PIN = [7, 13, 19];

interface Parts {
  cpu: CPU;
  ports: readonly [AVRIOPort, AVRIOPort, AVRIOPort];
  usart: AVRUSART;
}

interface PlannedContact {
  cycle: number;
  pin: number;
  closed: boolean;
}

export interface BoardListener {
  /** A byte left the board. */
  sent(byte: number): void;
  /** An output pin changed. */
  output(pin: number, high: boolean): void;
  /** A planned change of a contact took place. */
  contact(pin: number, closed: boolean): void;
}

/** Added to each instruction while the program waits: few enough that no interrupt of a timer is missed. */
const WAITING_CYCLES = 10;
const RX_COMPLETE = 0x80;

/**
 * avr8js forgets a byte that was received but not yet read whenever the control registers are written, which the Arduino
 * core does at the begin and end of every transmission. The real chip keeps it.
 */
function keepReceivedBytes(cpu: CPU, usart: AVRUSART): void {
  const { UCSRA, UCSRB, UDR, rxCompleteInterrupt } = usart0Config;
  let unread = false;
  usart.onRxComplete = () => {
    unread = true;
  };
  const read = cpu.readHooks[UDR];
  cpu.readHooks[UDR] = (address) => {
    unread = false;
    return read?.(address) ?? 0;
  };
  const write = cpu.writeHooks[UCSRB];
  cpu.writeHooks[UCSRB] = (...change) => {
    const result = write?.(...change);
    if (unread) {
      const registers = { flagRegister: UCSRA, enableRegister: UCSRB, flagMask: RX_COMPLETE, enableMask: RX_COMPLETE };
      cpu.setInterruptFlag({ address: rxCompleteInterrupt, ...registers, constant: true });
    }
    return result;
  };
}

/** An Arduino Uno (ATmega328P, 16 MHz) with a program in it and buttons between its pins and ground. */
export class AvrBoard {
  readonly #program: Uint16Array;
  readonly #listener: BoardListener;
  readonly #closed = new Set<number>();
  readonly #outputs = new Map<number, boolean>();
  #parts: Parts;
  #received: number[] = [];
  #planned: PlannedContact[] = [];

  constructor(program: Uint8Array, listener: BoardListener) {
    this.#program = new Uint16Array(FLASH_WORDS);
    new Uint8Array(this.#program.buffer).set(program);
    this.#listener = listener;
    this.#parts = this.#powerUp();
  }

  get cycles(): number {
    return this.#parts.cpu.cycles;
  }

  /** The program starts anew. Contacts know nothing of it: what was to happen to them has happened. */
  reset(): void {
    for (const { pin, closed } of this.#planned.splice(0)) this.#set(pin, closed);
    this.#parts = this.#powerUp();
    this.#received = [];
  }

  receive(bytes: Uint8Array): void {
    this.#received.push(...bytes);
  }

  /** A contact closes to ground or opens, so many cycles from now. */
  plan(afterCycles: number, pin: number, closed: boolean): void {
    this.#planned.push({ cycle: this.cycles + afterCycles, pin, closed });
    this.#planned.sort((a, b) => a.cycle - b.cycle);
  }

  /** Cycles until the next planned change of a contact; undefined where none is planned. */
  get nextContactIn(): number | undefined {
    const next = this.#planned[0];
    return next === undefined ? undefined : Math.max(0, next.cycle - this.cycles);
  }

  run(cycles: number): void {
    const until = this.cycles + cycles;
    while (this.cycles < until) {
      const next = this.#planned[0];
      this.#runTo(Math.min(until, next?.cycle ?? until));
      if (next === undefined || this.cycles < next.cycle) continue;
      this.#planned.shift();
      this.#set(next.pin, next.closed);
    }
    this.#float();
  }

  /**
   * Lives through a time in which the program does little but wait, such as its start: every instruction takes as long as
   * several do, so that timers and serial line run on while less is computed. No contact may be planned within.
   */
  waitThrough(cycles: number): void {
    this.#runTo(this.cycles + cycles, WAITING_CYCLES);
    this.#float();
  }

  #runTo(until: number, extraCycles = 0): void {
    const { cpu, usart } = this.#parts;
    while (cpu.cycles < until) {
      avrInstruction(cpu);
      cpu.cycles += extraCycles;
      cpu.tick();
      if (this.#received.length > 0 && !usart.rxBusy && usart.rxEnable) usart.writeByte(this.#received.shift() ?? 0);
    }
  }

  #set(pin: number, closed: boolean): void {
    if (closed) this.#closed.add(pin);
    else this.#closed.delete(pin);
    this.#float();
    this.#listener.contact(pin, closed);
  }

  /** An open contact leaves its pin to the pull-up; without one the pin reads low, as if it were pressed. */
  #float(): void {
    for (let pin = 2; pin <= 19; pin += 1) {
      const [port, bit] = this.#portOf(pin);
      const state = port.pinState(bit);
      if (state === PinState.InputPullUp) port.setPin(bit, !this.#closed.has(pin));
      else if (state === PinState.Input) port.setPin(bit, false);
    }
  }

  #portOf(pin: number): [AVRIOPort, number] {
    const index = PORT_OF_PIN.findIndex((last) => pin <= last);
    const first = (PORT_OF_PIN[index - 1] ?? -1) + 1;
    return [this.#parts.ports[index] ?? this.#parts.ports[0], pin - first];
  }

  #powerUp(): Parts {
    const cpu = new CPU(this.#program);
    const ports = [portDConfig, portBConfig, portCConfig].map((config) => new AVRIOPort(cpu, config));
    for (const config of [timer0Config, timer1Config, timer2Config]) new AVRTimer(cpu, config);
    new AVRADC(cpu, adcConfig);
    new AVREEPROM(cpu, new EEPROMMemoryBackend(EEPROM_BYTES));
    new AVRTWI(cpu, twiConfig, CLOCK_HZ);
    const usart = new AVRUSART(cpu, usart0Config, CLOCK_HZ);
    keepReceivedBytes(cpu, usart);
    usart.onByteTransmit = (byte) => this.#listener.sent(byte);
    this.#outputs.clear();
    const [d, b, c] = ports as [AVRIOPort, AVRIOPort, AVRIOPort];
    this.#parts = { cpu, ports: [d, b, c], usart };
    for (const port of ports) port.addListener(() => this.#onWrite());
    return this.#parts;
  }

  #onWrite(): void {
    this.#float();
    for (let pin = 2; pin <= 19; pin += 1) {
      const [port, bit] = this.#portOf(pin);
      const state = port.pinState(bit);
      if (state !== PinState.High && state !== PinState.Low) continue;
      const high = state === PinState.High;
      if ((this.#outputs.get(pin) ?? false) === high) continue;
      this.#outputs.set(pin, high);
      this.#listener.output(pin, high);
    }
  }
}
