import {
  type ButtonEffect,
  type ButtonEvent,
  type ButtonsState,
  buttonsDueMs,
  DEFAULT_BUTTON_RULES,
  INITIAL_BUTTONS,
  stepButtons,
} from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Told = ButtonEffect & { atMs: number };
const RULES = DEFAULT_BUTTON_RULES;

/** Buttons as a panel runs them: time passes by itself to each moment that is due. */
class Buttons {
  readonly told: Told[] = [];
  #state: ButtonsState = INITIAL_BUTTONS;

  constructor(live = true) {
    if (live) this.give({ kind: 'ready', bootMs: 0 });
  }

  give(event: ButtonEvent): void {
    this.passTo(event.kind === 'edge' ? (event.earliestMs ?? event.bootMs) : event.bootMs);
    this.#step(event);
  }

  /** Changes of one button: `d10 u15` is down at 10 ms, up at 15 ms. */
  edges(text: string, button: Rating = 2): this {
    for (const each of text.split(' ')) {
      this.give({ kind: 'edge', button, down: each.startsWith('d'), bootMs: Number(each.slice(1)) });
    }
    return this;
  }

  passTo(bootMs: number): void {
    for (let due = buttonsDueMs(this.#state, RULES); due !== undefined && due <= bootMs; ) {
      this.#step({ kind: 'time', bootMs: due });
      const next = buttonsDueMs(this.#state, RULES);
      if (next === due) throw new Error(`time stands still at ${due}`);
      due = next;
    }
  }

  presses(): number[] {
    return this.told.filter((each) => each.kind === 'press').map((each) => each.bootMs);
  }

  faults(): [string, boolean][] {
    return this.told.filter((each) => each.kind === 'fault').map(({ code, detail }) => [code, detail !== undefined]);
  }

  #step(event: ButtonEvent): void {
    const { state, effects } = stepButtons(this.#state, event, RULES);
    this.#state = state;
    this.told.push(...effects.map((effect) => ({ ...effect, atMs: event.bootMs })));
  }
}

describe('buttons', () => {
  it.each([
    ['a press on the first change to down', 'd100', [100]],
    ['one press for a push', 'd100 u300', [100]],
    ['one press for a firm push of 5 ms', 'd100 u105', [100]],
    ['a second push of 5 ms soon after', 'd100 u105 d150 u155', [100, 150]],
    ['bounce of 10 ms at the push', 'd100 u101 d103 u104 d106 u108 d110 u300', [100]],
    ['bounce of 10 ms at the release', 'd100 u300 d301 u303 d304 u310', [100]],
    ['bounce at both ends of a push of 20 ms', 'd100 u102 d105 u108 d110 u120 d122 u125 d127 u130', [100]],
    ['a bounce that ends after the lockout of the push', 'd100 u120 d124 u126 d129 u131', [100]],
    ['the next push after all that', 'd100 u102 d105 u120 d122 u125 d160 u180', [100, 160]],
    ['a held button, once', 'd100 u20000', [100]],
    ['a held button with a contact that lets go for moments', 'd100 u500 d510 u700 d724 u900', [100]],
    ['twice the same report', 'd100 d130 u200 u230', [100]],
    ['no press for a release', 'u100 u110', []],
    ['no press for the bounce of a release without a push', 'u100 d103 u105', []],
    ['ten pushes per second', 'd0 u40 d100 u140 d200 u240 d300 u340', [0, 100, 200, 300]],
  ])('take %s', (_, edges, presses) => {
    expect(new Buttons().edges(edges).presses()).toEqual(presses);
  });

  it('record two buttons within 50 ms, both', () => {
    const buttons = new Buttons();
    buttons.edges('d100', 0).edges('d120', 3).edges('u130', 0).edges('u150', 3);
    expect(buttons.told).toMatchObject([
      { kind: 'press', button: 0, bootMs: 100, chattering: false },
      { kind: 'press', button: 3, bootMs: 120 },
    ]);
  });

  describe('reported late, at a time that is only known between bounds,', () => {
    const late = (edges: [boolean, number, number?][]): number[] => {
      const buttons = new Buttons().edges('d0 u20');
      for (const [down, bootMs, earliestMs] of edges) {
        buttons.give({ kind: 'edge', button: 2, down, bootMs, ...(earliestMs === undefined ? {} : { earliestMs }) });
      }
      buttons.passTo(1_000);
      return buttons.presses();
    };

    it('are bounce where the contact opens again at once', () => {
      expect(
        late([
          [true, 125, 25],
          [false, 125, 25],
        ]),
      ).toEqual([0]);
      expect(
        late([
          [true, 125],
          [false, 125],
        ]),
      ).toEqual([0, 125]);
    });

    it('are a press where the contact stays closed', () => {
      expect(
        late([
          [true, 125, 25],
          [false, 200],
        ]),
      ).toEqual([0, 125]);
      expect(
        late([
          [true, 125, 25],
          [false, 125, 25],
          [true, 160, 155],
          [false, 190],
        ]),
      ).toEqual([0, 160]);
    });

    it('are certain where both bounds say the same', () => {
      expect(
        late([
          [true, 40, 25],
          [false, 300],
        ]),
      ).toEqual([0]);
      expect(
        late([
          [true, 125, 60],
          [false, 126, 60],
        ]),
      ).toEqual([0, 125]);
    });
  });

  it('down when the panel comes up are no presses until they were let go', () => {
    const buttons = new Buttons(false);
    buttons.edges('d0');
    buttons.give({ kind: 'ready', bootMs: 10 });
    buttons.edges('u500 d501 u503 d900');
    expect(buttons.presses()).toEqual([900]);
  });

  describe('told to be down before they were watched', () => {
    const told = (...down: Rating[]): Buttons => {
      const buttons = new Buttons(false);
      buttons.give({ kind: 'contacts', down, bootMs: 0 });
      buttons.give({ kind: 'ready', bootMs: 10 });
      return buttons;
    };

    it('are no presses until they were let go, and stuck after a minute', () => {
      const buttons = told(2);
      buttons.passTo(59_999);
      expect(buttons.faults()).toEqual([]);
      buttons.passTo(60_000);
      expect(buttons.faults()).toEqual([['button-stuck', true]]);
      buttons.edges('u70000 d70005 u70010 d70100');
      expect(buttons.presses()).toEqual([70_100]);
      expect(buttons.faults().at(-1)).toEqual(['button-stuck', false]);
    });

    it('and let go before anybody could see that, count at the next push', () => {
      expect(told(2).edges('d500 u600 d900').presses()).toEqual([500, 900]);
      const stuck = told(2);
      stuck.passTo(61_000);
      stuck.edges('d70000');
      expect(stuck.presses()).toEqual([70_000]);
      expect(stuck.faults().at(-1)).toEqual(['button-stuck', false]);
    });
  });

  it('of a panel that went away start anew, and faults of held ones go', () => {
    const buttons = new Buttons().edges('d100');
    buttons.passTo(70_000);
    buttons.give({ kind: 'lost', bootMs: 70_000 });
    expect(buttons.faults()).toEqual([
      ['button-stuck', true],
      ['button-stuck', false],
    ]);
    buttons.edges('d70010');
    buttons.give({ kind: 'ready', bootMs: 70_100 });
    expect(buttons.presses()).toEqual([100]);
  });

  it('held for a minute are stuck, until let go', () => {
    const buttons = new Buttons().edges('d100');
    buttons.passTo(60_099);
    expect(buttons.faults()).toEqual([]);
    buttons.passTo(60_100);
    expect(buttons.told.at(-1)).toMatchObject({ code: 'button-stuck', detail: 'held down: happy', atMs: 60_100 });
    buttons.edges('u80000 d80003 u80005');
    expect(buttons.faults()).toHaveLength(1);
    buttons.passTo(80_030);
    expect(buttons.told.at(-1)).toMatchObject({ code: 'button-stuck', detail: undefined, atMs: 80_030 });
    expect(buttons.presses()).toEqual([100]);
  });

  it('two stuck ones are named together', () => {
    const buttons = new Buttons().edges('d0', 0).edges('d10', 3);
    buttons.passTo(61_000);
    expect(buttons.told.at(-1)).toMatchObject({ detail: 'held down: very-unhappy, very-happy' });
    buttons.edges('u70000', 0);
    buttons.passTo(71_000);
    expect(buttons.told.at(-1)).toMatchObject({ detail: 'held down: very-happy' });
  });

  describe('that chatter', () => {
    const chatter = (everyMs: number, seconds: number): Buttons => {
      const buttons = new Buttons();
      for (let index = 0; index * everyMs < seconds * 1000; index += 1) {
        buttons.edges(`${index % 2 === 0 ? 'd' : 'u'}${Math.round(index * everyMs)}`);
      }
      return buttons;
    };

    it('more than 20 times a second for five seconds are a fault', () => {
      expect(chatter(1000 / 21, 6).faults()[0]).toEqual(['button-chatter', true]);
      expect(chatter(2, 5.1).faults()[0]).toEqual(['button-chatter', true]);
    });

    it('not for five seconds, or not so often, are none', () => {
      expect(chatter(1000 / 21, 3.9).faults()).toEqual([]);
      expect(chatter(50, 20).faults()).toEqual([]);
      expect(chatter(50, 20).presses()).toHaveLength(200);
    });

    it('have their presses marked and counted, until ten minutes were quiet', () => {
      const buttons = chatter(2, 6);
      buttons.passTo(10_000);
      buttons.edges('d20000 u20100 d30000 u30100').edges('d40000 u40100', 1);
      const presses = buttons.told.filter((each) => each.kind === 'press' && each.bootMs >= 20_000);
      expect(presses).toMatchObject([{ chattering: true }, { chattering: true }, { button: 1, chattering: false }]);
      expect(buttons.told.findLast((each) => each.kind === 'fault')).toMatchObject({
        code: 'button-chatter',
        detail: 'the contact opens and closes by itself: happy, 2 presses marked',
      });
      buttons.passTo(20 * 60_000);
      expect(buttons.faults().at(-1)).toEqual(['button-chatter', false]);
      buttons.edges('d1300000');
      expect(buttons.told.findLast((each) => each.kind === 'press')).toMatchObject({ chattering: false });
    });
  });

  it('take 1,000 pushes with any bounce as 1,000 presses', () => {
    const bounce = fc.array(fc.double({ min: 0.05, max: 10, noNaN: true }), { maxLength: 8 });
    const push = fc.record({
      holdMs: fc.double({ min: 5, max: 400, noNaN: true }),
      pauseMs: fc.double({ min: 36, max: 900, noNaN: true }),
      atPush: bounce,
      atRelease: bounce,
    });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const pushes = fc.sample(push, { numRuns: 1_000, seed });
        const buttons = new Buttons();
        let atMs = 1_000;
        const expected: number[] = [];
        for (const { holdMs, pauseMs, atPush, atRelease } of pushes) {
          expected.push(atMs);
          contact(
            buttons,
            atMs,
            true,
            atPush.filter((ms) => ms < holdMs),
          );
          contact(buttons, atMs + holdMs, false, atRelease);
          atMs += holdMs + pauseMs;
        }
        expect(buttons.presses()).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});

/** A change with bounces at these times after it; the last state is the one meant. */
function contact(buttons: Buttons, atMs: number, down: boolean, bounces: readonly number[]): void {
  const sorted = [...bounces].sort((a, b) => a - b);
  const even = sorted.slice(0, sorted.length - (sorted.length % 2));
  [0, ...even].forEach((ms, index) => {
    buttons.give({ kind: 'edge', button: 1, down: index % 2 === 0 ? down : !down, bootMs: atMs + ms });
  });
}
