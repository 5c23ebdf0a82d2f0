import type { GpioLine } from './gpio-panel-config.js';

/** A chip as `gpiodetect` lists it. */
export interface GpioChip {
  name: string;
  label: string;
  lines: number;
}

/**
 * Labels of the chips behind the 40-pin header, by the pin controller of the SoC: Pi 3 and Zero 2 W (BCM2837, driver
 * bcm2835), Pi 4 (BCM2711), Pi 5 (RP1). The chip's number is no guide: the Pi 5's header was gpiochip4 for a while.
 */
export const HEADER_LABELS = ['pinctrl-bcm2835', 'pinctrl-bcm2711', 'pinctrl-rp1'] as const;

const CHIP = /^(?<name>\S+) \[(?<label>.*)\] \((?<lines>[0-9]{1,5}) lines?\)$/;

/** Chips in the output of `gpiodetect`: `gpiochip0 [pinctrl-bcm2711] (58 lines)`. Other lines are left out. */
export function readChips(output: string): GpioChip[] {
  return output.split('\n').flatMap((line) => {
    const { name, label, lines } = CHIP.exec(line)?.groups ?? {};
    return name === undefined || label === undefined ? [] : [{ name, label, lines: Number(lines) }];
  });
}

/** The chip that the header's pins belong to. */
export function findHeaderChip(chips: readonly GpioChip[]): GpioChip | undefined {
  return chips.find(({ label }) => HEADER_LABELS.some((known) => known === label));
}

/**
 * How the tools are told of a line. On a header chip `GPIO17` is offset 17: device trees name pins with a second
 * function after that (`SDA1`, `TXD1`), and not all of them alike.
 */
export function lineArgument(line: GpioLine, chip: GpioChip | undefined): string {
  if (typeof line === 'number') return String(line);
  const isHeader = chip !== undefined && findHeaderChip([chip]) !== undefined;
  const bcmNumber = /^GPIO([0-9]{1,2})$/.exec(line)?.[1];
  return isHeader && bcmNumber !== undefined ? String(Number(bcmNumber)) : line;
}
