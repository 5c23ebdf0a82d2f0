import type { Random, Rating } from '@hymio/protocol';
import { drawBetween, drawChance, drawInteger } from '../random/draw.js';
import type { LocalTime } from '../time/local-time.js';
import type { VisitorPress } from './visitor-press.js';
import type { VisitorProfile } from './visitor-profile.js';

/** A burst of a child, presses; and the pause between two of them, ms. */
const CHILD_PRESSES = { least: 5, most: 40 };
const CHILD_PAUSE_MS = { least: 60, most: 380 };
/** How long after the first the same visitor presses again, ms. */
const AGAIN_MS = { least: 350, most: 4_500 };

/** One visitor's presses from `at` (UTC ms) on: one, sometimes two. */
export function drawVisit(random: Random, profile: VisitorProfile, local: LocalTime, at: number): VisitorPress[] {
  const rating = drawRating(random, profile, local, at);
  const presses: VisitorPress[] = [{ at, rating, kind: 'visit' }];
  if (!drawChance(random, profile.repeatShare)) return presses;
  const again = Math.floor(at + drawBetween(random, AGAIN_MS.least, AGAIN_MS.most));
  // Some correct a slip, some press for their companion: not always the same button.
  const other = drawChance(random, 0.5) ? rating : drawRating(random, profile, local, at);
  presses.push({ at: again, rating: other, kind: 'again' });
  return presses;
}

/** A child hammering all the buttons from `from` (UTC ms) on. */
export function drawChildBurst(random: Random, from: number): VisitorPress[] {
  const presses: VisitorPress[] = [];
  let at = from;
  for (let left = drawInteger(random, CHILD_PRESSES.least, CHILD_PRESSES.most); left > 0; left -= 1) {
    presses.push({ at: Math.floor(at), rating: drawInteger(random, 0, 3) as Rating, kind: 'child' });
    at += drawBetween(random, CHILD_PAUSE_MS.least, CHILD_PAUSE_MS.most);
  }
  return presses;
}

function drawRating(random: Random, profile: VisitorProfile, local: LocalTime, at: number): Rating {
  const hour = Math.floor(local.at(at).minute / 60);
  const satisfied = Math.min(0.98, Math.max(0.02, profile.satisfaction + (profile.hourMood[hour] ?? 0)));
  if (drawChance(random, satisfied)) return drawChance(random, 0.66) ? 3 : 2;
  return drawChance(random, 0.5) ? 1 : 0;
}
