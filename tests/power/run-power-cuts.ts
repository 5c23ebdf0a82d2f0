import { playBothRounds } from './both-rounds.js';
import { playGatewayRounds } from './gateway-rounds.js';
import { playMoments } from './moments/play-moments.js';
import { describePart, type PartResult } from './part-result.js';
import { type Play, playPart } from './play-part.js';
import type { PowerCutsOptions } from './power-cuts-options.js';
import { powerError } from './power-error.js';
import { playTerminalRounds } from './terminal-rounds.js';

/** Cuts with programs that are not durable, and how often they may all come before there was anything to lose. */
const WEAK_CUTS = 2;
const WEAK_ATTEMPTS = 3;

interface Part {
  name: 'terminal' | 'gateway' | 'both';
  play: Play;
}

const PARTS: readonly Part[] = [
  { name: 'terminal', play: playTerminalRounds },
  { name: 'gateway', play: playGatewayRounds },
  { name: 'both', play: playBothRounds },
];

/**
 * Plays every part that has cuts, each first with programs that are not durable, and tells how it went. Errors: HymioError
 * `power-cuts-do-not-bite` where those lose nothing, `power-cuts-found-faults` where the real ones lose anything.
 */
export async function runPowerCuts(
  folder: string,
  options: PowerCutsOptions,
  say: (line: string) => void,
): Promise<void> {
  const { seed } = options;
  const results: PartResult[] = [];
  for (const { name, play } of PARTS) {
    const cuts = options[name];
    if (cuts === 0) continue;
    await showThatItBites(play, { folder, part: name, cuts: WEAK_CUTS, seed, weak: true }, say);
    const result = await playPart(play, { folder, part: name, cuts, seed });
    results.push(result);
    say(describePart(result));
    for (const fault of result.faults) say(`  ${fault}`);
  }
  const moments =
    options.moments === 0 ? [] : await playMoments({ folder, cuts: options.moments, only: options.only, seed }, say);
  const faults = [...results, ...moments].flatMap(({ faults: own }) => own);
  if (faults.length === 0) return;
  const next = `Look at what is said above; it comes again, though not at the same instant, with --seed ${seed}.`;
  throw powerError('power-cuts-found-faults', `${faults.length} faults.`, next);
}

async function showThatItBites(
  play: Play,
  options: Parameters<typeof playPart>[1],
  say: (line: string) => void,
): Promise<void> {
  const faults: string[] = [];
  for (let attempt = 0; attempt < WEAK_ATTEMPTS; attempt += 1) {
    const weak = await playPart(play, { ...options, seed: options.seed + attempt });
    say(describePart({ ...weak, part: `${weak.part}, commits not durable` }));
    if (weak.lost + weak.forgotten > 0) return;
    faults.push(...weak.faults);
  }
  throw powerError(
    'power-cuts-do-not-bite',
    [`The ${options.part} lost nothing although its commits were not durable.`, ...faults].join('\n'),
    'These cuts prove nothing on this machine. Use another kernel, or look at what is said above.',
  );
}
