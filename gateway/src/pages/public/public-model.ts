import { sumCounts } from '../../aggregates/counts.js';
import { publicWeeks } from '../../public/close-due-blocks.js';
import type { PublicSetting } from '../../public/public-setting.js';
import { type PublicWeek, publicWeek } from '../../public/public-week.js';
import type { LocalizedText, Registry } from '../../registry/registry.js';
import { totalOf } from '../../statistics/happy-index.js';
import { BUCKET_MS, type Store } from '../../store/store.js';

/** All that the public pages of a service point show. Nothing of terminals, nothing of the staff. */
export interface PublicModel {
  servicePoint: string;
  name: LocalizedText;
  showFaces: boolean;
  questions: LocalizedText[];
  current: PublicWeek;
  last: PublicWeek;
  /** What was changed because of the answers, newest first. */
  changes: { id: number; text: LocalizedText }[];
  /** UTC ms. */
  now: number;
}

/** Changes that are shown; the screen shows fewer. */
const MAX_CHANGES = 10;

/** Undefined for a service point that does not exist or is not public: nobody may tell one from the other. */
export async function readPublicModel(
  store: Store,
  servicePoint: string,
  { now, zone }: { now: number; zone: string },
): Promise<PublicModel | undefined> {
  const [registry, settings] = await Promise.all([store.registry(), store.publicSettings()]);
  const point = registry.servicePoints.find(({ id }) => id === servicePoint);
  const setting = settings.find((one) => one.servicePoint === servicePoint);
  if (point === undefined || setting?.enabled !== true) return undefined;
  const { current, previous } = publicWeeks(now, zone);
  const [blocks, answers, notes] = await Promise.all([
    store.publicBlocks({ servicePoint, from: previous.from }),
    readAnswers(store, servicePoint, current.from, now),
    setting.show.changes ? store.staffNotes({ servicePoint, kind: 'changed' }) : [],
  ]);
  const closed = blocks.filter(({ to }) => to <= previous.to).map(({ ratings }) => totalOf(ratings));
  return {
    servicePoint,
    name: point.name,
    showFaces: setting.show.faces,
    questions: setting.show.question ? questionsAt(registry, servicePoint, now) : [],
    current: publicWeek(current, blocks, answers),
    last: publicWeek(
      previous,
      blocks,
      closed.reduce((sum, n) => sum + n, 0),
    ),
    changes: notes
      .filter(({ from, to = Infinity }) => from <= now && now < to)
      .slice(0, MAX_CHANGES)
      .map(({ id, text }) => ({ id, text })),
    now,
  };
}

/** What is public of a service point now, for the staff. */
export async function readPublicSetting(store: Store, servicePoint: string): Promise<PublicSetting | undefined> {
  return (await store.publicSettings()).find((one) => one.servicePoint === servicePoint);
}

async function readAnswers(store: Store, servicePoint: string, from: number, now: number): Promise<number> {
  const to = Math.ceil((now + 1) / BUCKET_MS) * BUCKET_MS;
  const cells = await store.rollups({ from, to, step: 'whole', by: 'servicePoint', servicePoints: [servicePoint] });
  return totalOf(sumCounts(cells).ratings);
}

/** Questions that terminals at the service point ask now, each once. */
function questionsAt({ assignments, questions }: Registry, servicePoint: string, now: number): LocalizedText[] {
  const asked = new Set(
    assignments
      .filter((one) => one.servicePoint === servicePoint && one.from <= now && now < (one.to ?? Infinity))
      .map(({ question }) => question),
  );
  return questions.filter(({ id }) => asked.has(id)).map(({ text }) => text);
}
