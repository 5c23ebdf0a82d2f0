import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import type { FirmataPanelConfig, FirmataPin } from './firmata-panel-config.js';

/** What a board can do, as it told by Firmata. */
export interface BoardCapabilities {
  /** Modes of each pin; none for pins that are not led out. */
  pins: readonly { supportedModes: readonly number[] }[];
  /** Pin of each analog channel. */
  analogPins: readonly number[];
  modes: { INPUT: number; OUTPUT: number; PULLUP: number };
}

/** Which pin is used for what, by the numbers that Firmata knows them by. */
export interface PinPlan {
  /** Button of each pin. */
  buttons: ReadonlyMap<number, Rating>;
  led: number | undefined;
  beeper: number | undefined;
  buttonMode: 'pullup' | 'input';
  /**
   * Bits that the input pins of each port of eight must have whenever the port is written: to StandardFirmata before
   * 2.5 a written input pin is its pull-up, and what is pressed at that moment would lose it.
   */
  inputMasks: ReadonlyMap<number, { mask: number; bits: number }>;
}

/** The plan, or in words why the board cannot do what is configured. */
export function planPins(
  config: Pick<FirmataPanelConfig, 'pins' | 'led' | 'beeper' | 'activeLow'>,
  board: BoardCapabilities,
): PinPlan | string {
  const faults: string[] = [];
  const resolve = (name: string, pin: FirmataPin, mode: number): number => {
    const number = typeof pin === 'number' ? pin : (board.analogPins[Number(pin.slice(1))] ?? -1);
    const modes = board.pins[number]?.supportedModes ?? [];
    if (!modes.includes(mode)) faults.push(`pin ${pin} (${name}) cannot be used on this board`);
    return number;
  };
  const { INPUT, OUTPUT, PULLUP } = board.modes;
  const numbers = RATINGS.map((rating) => resolve(RATING_NAMES[rating], config.pins[rating], INPUT));
  const led = config.led === undefined ? undefined : resolve('led', config.led, OUTPUT);
  const beeper = config.beeper === undefined ? undefined : resolve('beeper', config.beeper, OUTPUT);
  const all = [...numbers, led, beeper].filter((pin) => pin !== undefined);
  if (faults.length === 0 && new Set(all).size < all.length) faults.push('two of the pins are one and the same');
  if (faults.length > 0) return faults.join('; ');
  const canPullUp = numbers.every((pin) => board.pins[pin]?.supportedModes.includes(PULLUP));
  return {
    buttons: new Map(numbers.map((pin, index) => [pin, RATINGS[index] ?? 0])),
    led,
    beeper,
    buttonMode: config.activeLow && canPullUp ? 'pullup' : 'input',
    inputMasks: inputMasks(numbers, config.activeLow),
  };
}

function inputMasks(pins: readonly number[], pulledUp: boolean): Map<number, { mask: number; bits: number }> {
  const masks = new Map<number, { mask: number; bits: number }>();
  for (const pin of pins) {
    const mask = (masks.get(pin >> 3)?.mask ?? 0) | (1 << (pin & 7));
    masks.set(pin >> 3, { mask, bits: pulledUp ? mask : 0 });
  }
  return masks;
}
