import type { Random } from '@hymio/protocol';
import { drawExponential } from '../random/draw.js';
import { seededRandom } from '../random/seeded-random.js';
import { LocalTime } from '../time/local-time.js';
import { drawChildBurst, drawVisit } from './draw-presses.js';
import { isOpen } from './opening-hours.js';
import { type VisitRate, visitRate } from './visit-rate.js';
import type { VisitorPress } from './visitor-press.js';
import type { VisitorProfile } from './visitor-profile.js';

interface Arrival {
  at: number;
  kind: 'visit' | 'child';
}

/**
 * Presses at one terminal with from <= at < to, in order of time: visits as a non-homogeneous Poisson process over the
 * opening hours, visitors who press again, and children. The same seed and name give the same presses.
 */
export function* visitorStream(
  profile: VisitorProfile,
  seed: number,
  name: string,
  span: { from: number; to: number },
): Generator<VisitorPress, void, undefined> {
  const local = new LocalTime(profile.zone);
  const rate = visitRate(profile, local);
  const random = seededRandom(seed, name, 'presses');
  let waiting: VisitorPress[] = [];
  for (const arrival of arrivals(profile, rate, seed, name, span)) {
    yield* waiting.filter((press) => press.at <= arrival.at);
    waiting = waiting.filter((press) => press.at > arrival.at);
    const presses =
      arrival.kind === 'child' ? drawChildBurst(random, arrival.at) : drawVisit(random, profile, local, arrival.at);
    waiting.push(...presses.filter(({ at }) => at < span.to && openAt(profile, local, at)));
    waiting.sort((a, b) => a.at - b.at);
  }
  yield* waiting;
}

function* arrivals(
  profile: VisitorProfile,
  rate: VisitRate,
  seed: number,
  name: string,
  span: { from: number; to: number },
): Generator<Arrival, void, undefined> {
  const visits = thinned(rate, profile.visitsPerWeek, seededRandom(seed, name, 'visits'), span);
  const children = thinned(rate, profile.childrenPerWeek, seededRandom(seed, name, 'children'), span);
  let visitAt = visits.next();
  let childAt = children.next();
  while (visitAt.value !== undefined || childAt.value !== undefined) {
    const visitFirst = (visitAt.value ?? Number.POSITIVE_INFINITY) <= (childAt.value ?? Number.POSITIVE_INFINITY);
    const at = visitFirst ? visitAt.value : childAt.value;
    if (at !== undefined) yield { at, kind: visitFirst ? 'visit' : 'child' };
    if (visitFirst) visitAt = visits.next();
    else childAt = children.next();
  }
}

/** Lewis and Shedler's thinning: candidates at the peak rate, each accepted with the share of its own rate. */
function* thinned(
  rate: VisitRate,
  eventsPerWeek: number,
  random: Random,
  { from, to }: { from: number; to: number },
): Generator<number, void, undefined> {
  const peak = rate.peak * eventsPerWeek;
  if (peak <= 0) return;
  let at = from;
  for (;;) {
    // Without memory: what was drawn beyond closing time may be drawn anew at opening time.
    for (let next = rate.skipClosed(at); next > at && at < to; next = rate.skipClosed(at)) at = next;
    at += drawExponential(random, 1 / peak);
    if (at >= to) return;
    if (random() * rate.peak < rate.at(at)) yield Math.floor(at);
  }
}

function openAt(profile: VisitorProfile, local: LocalTime, at: number): boolean {
  const { weekday, minute } = local.at(at);
  return isOpen(profile.openingHours, weekday, minute);
}
