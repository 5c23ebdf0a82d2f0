/** Identity of a press that its panel numbered: one power-up of the panel and a number within it. */
export interface PanelNumber {
  panelBoot: string;
  number: number;
}

/** Which numbers of one power-up of a panel are on disk: all up to `upTo`, and these above it, ascending. */
export interface KnownNumbers {
  upTo: number;
  above: readonly number[];
}

/** By panel boot, the one heard last at the end. */
export type KnownBoots = ReadonlyMap<string, KnownNumbers>;

/** More than a panel can hold back: a gap that far behind will not be filled any more. */
const MAX_ABOVE = 256;
/** Power-ups remembered: a panel has forgotten older ones, or has died. */
const MAX_BOOTS = 16;

const NONE: KnownNumbers = { upTo: 0, above: [] };

export function isKnownNumber(boots: KnownBoots, { panelBoot, number }: PanelNumber): boolean {
  const { upTo, above } = boots.get(panelBoot) ?? NONE;
  return number <= upTo || above.includes(number);
}

/** The same with one number more. Numbers may come in any order: a line may be lost and repeated later. */
export function withNumber(boots: KnownBoots, { panelBoot, number }: PanelNumber): Map<string, KnownNumbers> {
  const next = new Map(boots);
  next.delete(panelBoot);
  next.set(panelBoot, joined(boots.get(panelBoot) ?? NONE, number));
  for (const boot of [...next.keys()].slice(0, -MAX_BOOTS)) next.delete(boot);
  return next;
}

function joined(known: KnownNumbers, number: number): KnownNumbers {
  const above = [...new Set([...known.above, number])].filter((each) => each > known.upTo).sort((a, b) => a - b);
  let upTo = known.upTo;
  if (above.length > MAX_ABOVE) upTo = (above[0] ?? 1) - 1;
  while (above[0] === upTo + 1) {
    upTo += 1;
    above.shift();
  }
  return { upTo, above };
}
