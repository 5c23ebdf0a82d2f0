import { type Alert, DEFAULT_ALERT_RULES, MemoryStore, parseWeek, registryFileSchema, weekSpan } from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch, sampleStatus } from './sample-store.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The week that the sample is about: the one before SAMPLE_NOW's, over. */
export const REPORT_WEEK = '2026-W46';
const WEEK = weekSpan(parseWeek(REPORT_WEEK), SAMPLE_ZONE);
const BY = { who: 'Aino', at: SAMPLE_NOW };
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

const LONG_NAME = {
  fi: 'Itäkeskuksen terveys- ja hyvinvointikeskuksen suun terveydenhuollon ilmoittautuminen',
  sv: 'Östra centrums hälso- och välfärdscentral, munhälsovårdens anmälning',
  en: 'Itäkeskus health and wellbeing centre, dental reception',
};
const NAMES = ['Kallio', 'Malmi', 'Töölö', 'Oulunkylä', 'Herttoniemi', 'Vuosaari', 'Laajasalo'];

/**
 * Everything that a weekly report can tell of: eight service points in two groups, fourteen weeks of presses and a year
 * ago, worse around three in the afternoon, notes of both kinds, a service point that was moved, alerts, a dead terminal.
 */
export async function reportSampleStore(): Promise<MemoryStore & { alerts: { alerts(): Promise<Alert[]> } }> {
  const store = new MemoryStore({ now: () => SAMPLE_NOW });
  const openingHours = Object.fromEntries(WEEKDAYS.map((day) => [day, ['08:00-16:00']]));
  const names = [
    LONG_NAME,
    ...NAMES.map((name) => ({ fi: `${name}n asema`, sv: `${name} station`, en: `${name} station` })),
  ];
  const point = (index: number, group: string) => {
    return { id: `point-${index}`, group, name: names[index] ?? {}, openingHours };
  };
  const question = {
    id: 'visit',
    text: { fi: 'Millainen käynti oli?', sv: 'Hur var besöket?', en: 'How was your visit?' },
  };
  await store.importRegistry(
    registryFileSchema.parse({
      groups: [
        { id: 'health', name: { fi: 'Terveyspalvelut', sv: 'Hälsovård', en: 'Health' } },
        { id: 'social', name: { fi: 'Sosiaalipalvelut', sv: 'Socialvård', en: 'Social services' } },
      ],
      servicePoints: names.map((_, index) => point(index, index === 3 ? 'social' : 'health')),
      questions: [question],
      terminals: names.map((_, index) => ({ id: `terminal-${index}`, name: 'Aula' })),
      assignments: names.map((_, index) => {
        const place = { terminal: `terminal-${index}`, servicePoint: `point-${index}` };
        return { ...place, question: question.id, from: '2025-01-01T00:00:00Z' };
      }),
    }),
  );
  for (const index of names.keys()) await addPresses(store, index);
  await addAround(store, point(3, 'health'));
  return Object.assign(store, { alerts: { alerts: async () => sampleAlerts() } });
}

async function addPresses(store: MemoryStore, index: number): Promise<void> {
  const terminal = `terminal-${index}`;
  const epoch = sampleEpoch(100 + index);
  const share = 0.92 - 0.04 * index;
  const starts = Array.from({ length: 14 }, (_, back) => WEEK.from - back * 7 * DAY_MS).reverse();
  const presses = [WEEK.from - 364 * DAY_MS, ...starts].flatMap((from, turn) =>
    pressesOfWeek(from, share - 0.03 * (turn % 3), index),
  );
  await commitPresses(store, terminal, epoch, presses, { receivedAt: SAMPLE_NOW - HOUR_MS });
  // The last one died on the Wednesday of the week.
  const heard = index === NAMES.length ? WEEK.from + 2 * DAY_MS + 12 * HOUR_MS : SAMPLE_NOW - 20_000;
  const message = sampleStatus(epoch, heard, 20 * DAY_MS);
  await store.commit([{ kind: 'status', terminal, receivedAt: heard, retained: false, message }]);
}

/** Each place its own rhythm; the quietest has a few a week. */
function pressesOfWeek(from: number, share: number, index: number): PressEntry[] {
  const everyMs = index === 6 ? 9 * HOUR_MS : (4 + 7 * index) * 60_000;
  const presses: PressEntry[] = [];
  let turn = 7 + index;
  for (let day = 0; day < 5; day += 1) {
    for (let at = 8 * HOUR_MS + index * 60_000; at < 16 * HOUR_MS; at += everyMs) {
      turn = (turn * 16_807 + 12_345) % 2_147_483_647;
      const luck = turn / 2_147_483_647;
      const good = at >= 15 * HOUR_MS ? share / 2 : share;
      const rating: Rating = luck < good * 0.7 ? 3 : luck < good ? 2 : luck < good + (1 - good) / 2 ? 1 : 0;
      presses.push({ at: from + day * DAY_MS + at, rating, clock: 'synced' });
    }
  }
  return presses;
}

async function addAround(store: MemoryStore, moved: object): Promise<void> {
  await store.importRegistry(registryFileSchema.parse({ servicePoints: [moved] }), {
    who: 'Aino',
    at: WEEK.from + 3 * DAY_MS,
  });
  const tuesday = { from: WEEK.from + DAY_MS, to: WEEK.from + 2 * DAY_MS };
  const renovation = { fi: 'Remontti aulassa', sv: 'Aulan renoveras', en: 'The lobby is being renovated' };
  await store.putStaffNote({ servicePoint: 'point-0', kind: 'note', ...tuesday, text: renovation }, BY);
  const opened = { fi: 'Avasimme toisen tiskin', sv: 'Vi öppnade en disk till', en: 'We opened a second counter' };
  await store.putStaffNote({ servicePoint: 'point-0', kind: 'changed', from: WEEK.from, text: opened }, BY);
}

function sampleAlerts(): Alert[] {
  const [rule] = DEFAULT_ALERT_RULES;
  if (rule === undefined) throw new Error('no default rule');
  const openedAt = WEEK.from + DAY_MS + 15.5 * HOUR_MS;
  const numbers = { kind: 'presses', ratings: [3, 1, 1, 0], from: openedAt - 900_000, to: openedAt } as const;
  const subject = { kind: 'service-point', servicePoint: 'point-0' } as const;
  const closed = { kind: 'closed', at: openedAt + HOUR_MS, how: { kind: 'recovered' } } as const;
  const common = { rule, subject, numbers, reopened: 0, settled: true };
  return [
    { ...common, id: 2, openedAt: openedAt + DAY_MS, state: { kind: 'open' } },
    { ...common, id: 1, openedAt, state: closed },
  ];
}
