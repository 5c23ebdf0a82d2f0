import { explainError } from '@hymio/protocol';
import type { Check } from '@hymio/simulator';
import { faultsOf, type Judgement } from './judge-store.js';
import type { PartResult } from './part-result.js';
import { PowerPlace } from './power-place.js';

/** What a part came to, before it is judged. */
export interface Played extends Judgement {
  /** Starts of all its terminals together. */
  starts: number;
  /** Presses that the gateway acknowledged and did not hold when it came back; none where it may lose nothing. */
  forgotten?: number;
}

/** What a part does in its place. */
export type Play = (place: PowerPlace, cuts: number) => Promise<Played>;

export interface PartOptions {
  folder: string;
  part: string;
  cuts: number;
  seed: number;
  weak?: boolean;
}

/** Plays a part in a place of its own, which is cleared whatever happens. A part that fails has a fault. */
export async function playPart(
  play: Play,
  { folder, part, cuts, seed, weak = false }: PartOptions,
): Promise<PartResult> {
  const place = new PowerPlace(folder, weak ? `${part}-weak` : part, { seed, weak });
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const none = { part, cuts, kept: 0, lost: 0, doubled: 0, wronglyRepeated: 0, forgotten: 0 };
  try {
    const { starts, forgotten = 0, ...judgement } = await play(place, cuts);
    const of = (check: Check) => judgement.verdict.findings.find((finding) => finding.check === check)?.count ?? 0;
    return {
      ...none,
      kept: judgement.verdict.kept,
      ...{ lost: of('lost'), doubled: of('doubled'), wronglyRepeated: of('wrongly marked repeat'), forgotten },
      faults: [
        ...faultsOf(judgement, starts),
        ...(forgotten === 0 ? [] : [`${forgotten} presses were acknowledged and gone when the gateway came back`]),
      ],
      seconds: seconds(),
    };
  } catch (error) {
    return { ...none, seconds: seconds(), faults: [`${explainError(error)}\n${place.said()}`] };
  } finally {
    await place.clear();
  }
}
