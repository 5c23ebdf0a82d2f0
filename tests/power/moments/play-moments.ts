import { explainError } from '@hymio/protocol';
import { powerError } from '../power-error.js';
import { PowerPlace } from '../power-place.js';
import { Enrolment, FirstAuthority, Renewal } from './identity-moments.js';
import type { Moment } from './moment.js';
import { type MomentResult, playMoment } from './play-moment.js';
import { Settings } from './settings-moment.js';
import { backup, migration, prune, restore } from './store-moments.js';
import { firstStart, Quarantine } from './terminal-moments.js';

/** Moments that a program which waits for no disk does not survive, and what is to be said of it then. */
const CONTROLS: readonly { make: () => Moment; loses: string }[] = [
  { make: () => new FirstAuthority(), loses: 'the authority that a code was made with is gone' },
  { make: () => backup, loses: 'the backup that was made is not there' },
];
const MOMENTS: readonly (() => Moment)[] = [
  () => firstStart,
  () => new Quarantine(),
  () => migration,
  () => backup,
  () => prune,
  () => restore,
  () => new FirstAuthority(),
  () => new Enrolment(),
  () => new Renewal(),
  () => new Settings(),
];

export interface MomentsOptions {
  folder: string;
  /** Cuts of each, at most. */
  cuts: number;
  /** Only those with this in their name. */
  only: string;
  seed: number;
}

/**
 * Cuts the power in the middle of every special moment; tells of each as it is over. First it does so with a program that
 * waits for no disk: Error: HymioError `power-cuts-do-not-bite` where that does no harm.
 */
export async function playMoments(options: MomentsOptions, say: (line: string) => void): Promise<MomentResult[]> {
  for (const { make, loses } of CONTROLS) await showThatItBites(make(), loses, options, say);
  const results: MomentResult[] = [];
  for (const [index, make] of MOMENTS.entries()) {
    const moment = make();
    if (!moment.name.includes(options.only)) continue;
    const result = await playInPlace(moment, options, `moment-${index}`, false);
    results.push(result);
    say(`moment: ${describe(result)}`);
    for (const fault of result.faults) say(`  ${fault}`);
  }
  return results;
}

/** Other faults than the loss that was to be are no proof: the moment may not even have begun. */
async function showThatItBites(
  moment: Moment,
  loses: string,
  options: MomentsOptions,
  say: (line: string) => void,
): Promise<void> {
  const weak = await playInPlace(moment, { ...options, cuts: 1 }, 'moment-weak', true);
  say(`moment, files not durable: ${describe(weak)}`);
  if (weak.faults.length > 0 && weak.faults.every((fault) => fault.endsWith(`: ${loses}`))) return;
  const lines = [
    'A program that does not wait for the disk is to lose a file, and did not:',
    `${moment.name}: ${loses}`,
  ];
  const next = 'These cuts prove nothing on this machine. Use another kernel, or look at what is said above.';
  throw powerError('power-cuts-do-not-bite', [...lines, ...weak.faults].join('\n'), next);
}

function describe({ name, cuts, steps, faults }: MomentResult): string {
  return `${name}: ${cuts} cuts (${steps} steps), ${faults.length} faults`;
}

async function playInPlace(
  moment: Moment,
  { folder, cuts, seed }: MomentsOptions,
  part: string,
  weak: boolean,
): Promise<MomentResult> {
  const place = new PowerPlace(folder, part, { seed, weak });
  try {
    return await playMoment(place, moment, cuts);
  } catch (error) {
    return { name: moment.name, cuts: 0, steps: 0, faults: [`${explainError(error)}\n${place.said()}`] };
  } finally {
    await moment.close?.();
    await place.clear();
  }
}
