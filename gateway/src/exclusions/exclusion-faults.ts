import { HymioError } from '@hymio/protocol';
import { type Exclusion, type ExclusionRequest, isInForce } from './exclusion.js';

/** What a store knows that decides whether an exclusion can be made. */
export interface ExclusionFacts {
  targetKnown: boolean;
  /** Raw presses counted before it are gone, UTC ms. */
  rawFrom: number;
}

/** Throws where an exclusion cannot be made. Codes: `exclusion-empty`, `exclusion-unknown-target`, `exclusion-pruned`. */
export function checkExclusion({ target, from, to }: ExclusionRequest, { targetKnown, rawFrom }: ExclusionFacts): void {
  if (!targetKnown) {
    const what = target.kind === 'terminal' ? 'terminal' : 'service point';
    throw new HymioError('exclusion-unknown-target', `There is no ${what} ${target.id}.`, 'Choose one that exists.');
  }
  if (!(from < to)) {
    throw new HymioError('exclusion-empty', 'The span ends before it begins.', 'Give an end after the beginning.');
  }
  if (from < rawFrom) throw pruned(rawFrom);
}

/** Throws where an exclusion cannot be taken back. Codes: `unknown-exclusion`, `exclusion-revoked`, `exclusion-pruned`. */
export function checkRevocation(
  id: number,
  exclusion: Exclusion | undefined,
  { rawFrom }: Pick<ExclusionFacts, 'rawFrom'>,
): asserts exclusion is Exclusion {
  if (exclusion === undefined) {
    throw new HymioError('unknown-exclusion', `There is no exclusion ${id}.`, 'Choose one of the list.');
  }
  if (!isInForce(exclusion)) {
    throw new HymioError('exclusion-revoked', `Exclusion ${id} has been taken back already.`, 'Look at the list anew.');
  }
  if (exclusion.from < rawFrom) throw pruned(rawFrom);
}

function pruned(rawFrom: number): HymioError {
  return new HymioError(
    'exclusion-pruned',
    `Single presses from before ${new Date(rawFrom).toISOString()} have been deleted; only their counts are left.`,
    'Choose a later span; counts of older days can no longer be changed.',
  );
}
