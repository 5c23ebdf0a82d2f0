import {
  type Assignment,
  afterAsking,
  afterMove,
  applyRegistryEdit,
  itemVersion,
  periodsOf,
  type Registry,
  type RegistryEdit,
  type RegistryFacts,
} from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const DAY = 24 * 3_600_000;
const T = Date.UTC(2026, 10, 20);
const NONE = { users: 0, programs: 0, recipients: 0 };
const facts: RegistryFacts = { now: T, isSeen: (id) => id === 't-seen', hasHistory: () => false, uses: () => NONE };
const text = { fi: 'Miten meni?', sv: 'Hur gick det?', en: 'How was it?' };
const point = (id: string, group = 'root') => ({ id, group, name: { en: id }, repeatWindowMs: 5_000 });
const stay = (terminal: string, servicePoint: string, from: number, to?: number, question?: string): Assignment => ({
  terminal,
  servicePoint,
  ...(question !== undefined && { question }),
  from: T + from * DAY,
  ...(to !== undefined && { to: T + to * DAY }),
});
const registry: Registry = {
  groups: [
    { id: 'root', name: { en: 'Root' } },
    { id: 'leaf', parent: 'root', name: { en: 'Leaf' } },
  ],
  servicePoints: [point('a'), point('b', 'leaf')],
  questions: [
    { id: 'q-1', text },
    { id: 'q-2', text },
  ],
  terminals: [{ id: 't-1' }, { id: 't-2' }],
  assignments: [stay('t-1', 'a', -10, -2, 'q-1'), stay('t-2', 'b', -10)],
};

/** `code field` of each fault; empty where the edit is done. */
function refusal(edit: RegistryEdit, of = registry): string[] {
  const result = applyRegistryEdit(of, edit, facts);
  return result.kind === 'done' ? [] : result.faults.map(({ code, field }) => (field ? `${code} ${field}` : code));
}

describe('an edit of the registry', () => {
  it.each<[string, RegistryEdit, string[]]>([
    ['an id that is taken', { kind: 'put-group', group: { id: 'leaf', name: { en: 'x' } } }, ['id-taken id']],
    ['an id with a blank', { kind: 'put-group', group: { id: 'le af', name: { en: 'x' } } }, ['id-malformed id']],
    ['a group without a name', { kind: 'put-group', group: { id: 'x', name: { fi: ' ' } } }, ['name-missing name']],
    [
      'an unknown parent',
      { kind: 'put-group', group: { id: 'x', parent: 'y', name: { en: 'x' } } },
      ['unknown-parent parent'],
    ],
    ['an unknown group', { kind: 'put-service-point', servicePoint: point('x', 'y') }, ['unknown-group group']],
    [
      'hours that end before they begin, overlap, or leave the day',
      {
        kind: 'put-service-point',
        servicePoint: {
          ...point('x'),
          openingHours: {
            mon: [{ from: 600, to: 540 }],
            tue: [
              { from: 480, to: 720 },
              { from: 660, to: 780 },
            ],
            wed: [{ from: 480, to: 1441 }],
          },
        },
      },
      [
        'closes-before-it-opens openingHours.mon',
        'overlapping-hours openingHours.tue',
        'impossible-hours openingHours.wed',
      ],
    ],
    [
      'dates that do not exist or come twice',
      {
        kind: 'put-service-point',
        servicePoint: {
          ...point('x'),
          exceptions: ['2026-02-30', '2026-12-06', '2026-12-06'].map((date) => ({ date, spans: [] })),
        },
      },
      ['impossible-date exceptions.2026-02-30', 'date-twice exceptions.2026-12-06'],
    ],
    [
      'a question without its texts',
      { kind: 'put-question', question: { id: 'x', text: { fi: 'Mitä?', sv: ' ' } } },
      ['text-missing text.sv', 'text-missing text.en'],
    ],
    [
      'a move to an unknown place with an unknown question',
      { kind: 'move-terminal', terminal: 't-1', from: T, servicePoint: 'x', question: 'y' },
      ['unknown-service-point servicePoint', 'unknown-question question'],
    ],
    ['a move of nobody', { kind: 'move-terminal', terminal: 't-9', from: T }, ['unknown-terminal terminal']],
    ['a move in 1970', { kind: 'move-terminal', terminal: 't-1', from: 0 }, ['impossible-date from']],
    ['a move at no time', { kind: 'move-terminal', terminal: 't-1', from: Number.NaN }, ['impossible-date from']],
    [
      'a question where nobody stands',
      { kind: 'ask-question', servicePoint: 'a', from: T, question: 'q-2' },
      ['nobody-stands-there from'],
    ],
    ['retirement tomorrow', { kind: 'retire-terminal', terminal: 't-1', at: T + 1 }, ['in-the-future at']],
    ['bringing back what is in use', { kind: 'restore-terminal', terminal: 't-1' }, ['not-retired']],
    ['removing a full group', { kind: 'remove-group', id: 'root' }, ['group-in-use']],
    ['removing a question once asked', { kind: 'remove-question', id: 'q-1' }, ['question-in-use']],
    ['removing a place where one stood', { kind: 'remove-service-point', id: 'a' }, ['service-point-in-use']],
  ])('refuses %s', (_, edit, faults) => {
    expect(refusal(edit)).toEqual(faults);
  });

  it('refuses to remove what others beside the registry name, and says how many', () => {
    const empty = { ...registry, servicePoints: [point('c')], assignments: [] };
    const removal = (edit: RegistryEdit, uses: Partial<typeof NONE>) => {
      const asked: unknown[] = [];
      const result = applyRegistryEdit(empty, edit, {
        ...facts,
        uses: (place) => {
          asked.push(place);
          return { ...NONE, ...uses };
        },
      });
      const faults = result.kind === 'done' ? [] : result.faults;
      return [asked, faults.map(({ code, detail }) => `${code} ${detail}`)];
    };
    const group = [{ kind: 'group', id: 'leaf' }];
    const remove = { kind: 'remove-group', id: 'leaf' } as const;
    expect(removal(remove, { users: 2, programs: 1, recipients: 3 })).toEqual([
      group,
      ['users-limited-to-it 2', 'programs-limited-to-it 1', 'reports-go-out 3'],
    ]);
    expect(removal(remove, {})).toEqual([group, []]);
    const place = [{ kind: 'service-point', id: 'c' }];
    expect(removal({ kind: 'remove-service-point', id: 'c' }, { recipients: 1 })).toEqual([
      place,
      ['reports-go-out 1'],
    ]);
  });

  it('refuses a cycle of groups, and a change of what is gone', () => {
    const version = itemVersion(registry, { kind: 'group', id: 'root' });
    const group = { id: 'root', parent: 'leaf', name: { en: 'Root' } };
    expect(refusal({ kind: 'put-group', group, version })).toEqual(['own-ancestor parent', 'own-ancestor parent']);
    const without = { ...registry, groups: registry.groups.slice(1) };
    expect(refusal({ kind: 'put-group', group, version }, without)).toEqual(['gone']);
  });

  it('is not refused for what was wrong before', () => {
    const old = { ...registry, questions: [...registry.questions, { id: 'q-old', text: { fi: 'Vanha' } }] };
    expect(refusal({ kind: 'put-terminal', terminal: 't-9', name: 'x' }, old)).toEqual([]);
  });

  it('knows the same state again, however it was put together', () => {
    const [first, ...rest] = registry.servicePoints;
    if (first === undefined) throw new Error('no service point');
    const turned = Object.fromEntries(Object.entries(first).reverse()) as typeof first;
    const item = { kind: 'service-point', id: 'a' } as const;
    expect(itemVersion({ ...registry, servicePoints: [turned, ...rest] }, item)).toBe(itemVersion(registry, item));
    expect(itemVersion({ ...registry, servicePoints: [{ ...first, repeatWindowMs: 0 }] }, item)).not.toBe(
      itemVersion(registry, item),
    );
  });
});

describe('a move', () => {
  const at = (stays: readonly Assignment[], terminal: string, day: number) =>
    stays.find(
      ({ terminal: of, from, to }) => of === terminal && from <= T + day * DAY && (to ?? Infinity) > T + day * DAY,
    )?.servicePoint;

  it('divides the stay that it falls in and leaves what comes later', () => {
    const stays = [stay('t-1', 'a', -9, -5), stay('t-1', 'b', -3)];
    const move = (from: number, servicePoint?: string) =>
      afterMove(stays, { terminal: 't-1', from: T + from * DAY, ...(servicePoint !== undefined && { servicePoint }) });
    expect(move(-7, 'b')).toEqual([stay('t-1', 'a', -9, -7), stay('t-1', 'b', -7, -5), stay('t-1', 'b', -3)]);
    expect(move(-4, 'a')).toEqual([stay('t-1', 'a', -9, -5), stay('t-1', 'a', -4, -3), stay('t-1', 'b', -3)]);
    expect(move(-5, 'a')).toEqual([stay('t-1', 'a', -9, -3), stay('t-1', 'b', -3)]);
    expect(move(-1)).toEqual([stay('t-1', 'a', -9, -5), stay('t-1', 'b', -3, -1)]);
    expect(move(-3, 'a')).toEqual([stay('t-1', 'a', -9, -5), stay('t-1', 'a', -3)]);
  });

  it('changes where the terminal stood from then until the next change, and nothing else', () => {
    const moves = fc.array(
      fc.record({
        terminal: fc.constantFrom('t-1', 't-2'),
        day: fc.integer({ min: -20, max: 20 }),
        place: fc.constantFrom('a', 'b', undefined),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(moves, (list) => {
        let stays: Assignment[] = [];
        for (const { terminal, day, place } of list) {
          const before = stays;
          const where = place === undefined ? {} : { servicePoint: place };
          stays = afterMove(stays, { terminal, from: T + day * DAY, ...where });
          const edges = before.filter((each) => each.terminal === terminal).flatMap(({ from, to }) => [from, to]);
          const end = Math.min(...edges.map((edge) => (edge !== undefined && edge > T + day * DAY ? edge : Infinity)));
          for (let probe = -21; probe <= 21; probe++) {
            const moved = probe >= day && T + probe * DAY < end;
            expect(at(stays, terminal, probe)).toBe(moved ? place : at(before, terminal, probe));
            const other = terminal === 't-1' ? 't-2' : 't-1';
            expect(at(stays, other, probe)).toBe(at(before, other, probe));
          }
          expect(refusal({ kind: 'put-terminal', terminal: 't-9' }, { ...registry, assignments: stays })).toEqual([]);
        }
      }),
    );
  });
});

describe('another question', () => {
  it('is asked by everyone who stands there, until the next change of question', () => {
    const stays = [
      stay('t-1', 'a', -9, -1, 'q-1'),
      stay('t-1', 'a', -1, undefined, 'q-3'),
      stay('t-2', 'a', -9, -4, 'q-1'),
      stay('t-2', 'b', -4, undefined, 'q-1'),
    ];
    const asked = afterAsking(stays, { servicePoint: 'a', from: T - 5 * DAY, question: 'q-2' });
    expect(asked).toEqual([
      stay('t-1', 'a', -9, -5, 'q-1'),
      stay('t-1', 'a', -5, -1, 'q-2'),
      stay('t-1', 'a', -1, undefined, 'q-3'),
      stay('t-2', 'a', -9, -5, 'q-1'),
      stay('t-2', 'a', -5, -4, 'q-2'),
      stay('t-2', 'b', -4, undefined, 'q-1'),
    ]);
    const periods = periodsOf({ ...registry, assignments: asked ?? [] }, 'q-1');
    expect(periods).toEqual([
      { servicePoint: 'a', from: T - 9 * DAY, to: T - 5 * DAY },
      { servicePoint: 'b', from: T - 4 * DAY },
    ]);
  });
});
