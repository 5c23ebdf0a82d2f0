import { sumCounts } from '../aggregates/counts.js';
import { shiftWeek, type WeekSpan, weekOf, weekSpan } from '../calendar/iso-week.js';
import type { Store } from '../store/store.js';
import { closableSpan, isFullBlock, type PublicBlock } from './public-block.js';

type PublishingStore = Pick<Store, 'rollups' | 'publicBlocks' | 'closePublicBlock'>;

/** This week and the one before, in an IANA zone. */
export function publicWeeks(now: number, zone: string): { current: WeekSpan; previous: WeekSpan } {
  const current = weekOf(now, zone);
  return { current, previous: weekSpan(shiftWeek(current, -1), zone) };
}

/**
 * Closes what is due of a service point: of the week before and of this one. A week that is over and of which nothing has
 * been published is one block: that hides least.
 */
export async function closeDueBlocks(
  store: PublishingStore,
  servicePoint: string,
  { now, zone }: { now: number; zone: string },
): Promise<void> {
  const { current, previous } = publicWeeks(now, zone);
  const closed = await store.publicBlocks({ servicePoint, from: previous.from });
  for (const week of [previous, current]) {
    const ends = closed.filter(({ from, to }) => from >= week.from && to <= week.to).map(({ to }) => to);
    const span = closableSpan(week, ends.length === 0 ? undefined : Math.max(...ends), { now, zone });
    if (span === undefined) continue;
    const block = await readBlock(store, servicePoint, span);
    const n = block.ratings.reduce((sum, count) => sum + count, 0);
    if (isFullBlock(n, span.to, week)) await store.closePublicBlock(block);
  }
}

async function readBlock(
  store: PublishingStore,
  servicePoint: string,
  { from, to }: { from: number; to: number },
): Promise<PublicBlock> {
  const cells = await store.rollups({ from, to, step: 'whole', by: 'servicePoint', servicePoints: [servicePoint] });
  return { servicePoint, from, to, ratings: sumCounts(cells).ratings };
}
