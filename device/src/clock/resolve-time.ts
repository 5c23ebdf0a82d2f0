import { UNKNOWN_UNCERTAINTY_MS, type WirePress } from '@hymio/protocol';
import type { EpochFacts, JournalPress } from '../journal/journal.js';

/** Crystals of small computers are within 100 ppm; twice that for heat and cold. */
const MAX_DRIFT = 200e-6;
/** Boot times come in steps of 10 ms; two of them and a rounded middle make a bound. */
const ROUNDING_MS = 25;

/** One boot of the terminal as its epochs tell it. */
interface Boot {
  bootId: string;
  offsetMs: number | undefined;
  lastBootMs: number;
}

/** Earliest and latest instant (UTC ms) at which a press of an unsynchronised boot can have been made. */
interface Bounds {
  low: number | undefined;
  high: number | undefined;
}

/**
 * The press as it goes on the wire, with how its time is known: see docs/decisions/clock-and-estimates.md.
 * `facts` in order of opening.
 * `builtAt` (UTC ms): no press is older than this, the date of the first firmware there was.
 */
export function resolveTime(
  press: JournalPress,
  epoch: string,
  facts: readonly EpochFacts[],
  builtAt: number,
): WirePress {
  const resolved = resolveClaim(press, epoch, facts, builtAt);
  return press.ageIsMinimum === true
    ? { at: resolved.at, rating: press.rating, clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS }
    : resolved;
}

/** Taking the press's own times for true. */
function resolveClaim(press: JournalPress, epoch: string, facts: readonly EpochFacts[], builtAt: number): WirePress {
  const { rating } = press;
  if (press.synced) return { at: Math.round(press.at), rating, clock: 'synced' };
  const boots = bootsOf(facts);
  const bootId = facts.find((candidate) => candidate.epoch === epoch)?.bootId;
  const index = boots.findIndex((boot) => boot.bootId === bootId);
  const boot = boots[index];
  if (boot === undefined)
    return { at: Math.round(press.at), rating, clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS };
  if (boot.offsetMs !== undefined) return { at: Math.round(press.bootMs + boot.offsetMs), rating, clock: 'corrected' };
  return { rating, clock: 'estimated', ...estimate(press, boundsOf(press.bootMs, boots, index, builtAt)) };
}

/** The boot's offset is known, so that presses of this epoch have a certain time. */
export function timeIsCertain(epoch: string, facts: readonly EpochFacts[]): boolean {
  const bootId = facts.find((candidate) => candidate.epoch === epoch)?.bootId;
  return facts.some((candidate) => candidate.bootId === bootId && candidate.offsetMs !== undefined);
}

function estimate(press: JournalPress, { low, high }: Bounds): { at: number; uncertaintyMs: number } {
  if (low !== undefined && high !== undefined) {
    const at = Math.round((low + high) / 2);
    const uncertaintyMs = Math.ceil(Math.abs(high - low) / 2) + ROUNDING_MS;
    return { at, uncertaintyMs: Math.min(UNKNOWN_UNCERTAINTY_MS, uncertaintyMs) };
  }
  // Nothing bounds it from above: the wall clock's own claim where it is possible, and "not known" beside it.
  return { at: Math.round(Math.max(press.at, low ?? press.at)), uncertaintyMs: UNKNOWN_UNCERTAINTY_MS };
}

/**
 * Every boot ran after the ones before it and at least as long as it is known to have run. A boot that never
 * synchronised counts its time by a free-running crystal: each span of it may be off by MAX_DRIFT.
 */
function boundsOf(bootMs: number, boots: readonly Boot[], index: number, builtAt: number): Bounds {
  let low = builtAt;
  let before = bootMs;
  for (let i = index - 1; i >= 0; i -= 1) {
    const earlier = boots[i] as Boot;
    if (earlier.offsetMs !== undefined) {
      low = Math.max(low, earlier.offsetMs + earlier.lastBootMs + before * (1 - MAX_DRIFT));
      break;
    }
    before += earlier.lastBootMs;
  }
  let after = Math.max(0, (boots[index] as Boot).lastBootMs - bootMs);
  for (const later of boots.slice(index + 1)) {
    if (later.offsetMs !== undefined) return { low, high: later.offsetMs - after * (1 - MAX_DRIFT) };
    after += later.lastBootMs;
  }
  return { low, high: undefined };
}

function bootsOf(facts: readonly EpochFacts[]): Boot[] {
  const boots: Boot[] = [];
  for (const { bootId, offsetMs, lastBootMs } of facts) {
    const known = boots.find((boot) => boot.bootId === bootId);
    if (known === undefined) boots.push({ bootId, offsetMs, lastBootMs });
    else {
      known.offsetMs = offsetMs ?? known.offsetMs;
      known.lastBootMs = Math.max(known.lastBootMs, lastBootMs);
    }
  }
  return boots;
}
