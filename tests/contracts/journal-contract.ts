import type { Journal, NewPress } from '@hymio/device';
import { afterEach, describe, expect, it } from 'vitest';

/** One place where journals can be opened again and again, as a machine's disk. */
export interface JournalDisk {
  /** Opens the journal as a fresh epoch. */
  open(opening: { epoch: string; bootId: string; bootMs: number }): Journal;
  /** What `act` writes down of marks is taken back, nothing else: so cards lie in the field on which marks were written later. */
  withoutMarks(act: () => void): void;
  /** What is left open or on disk goes. */
  remove(): void;
}

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 20);
const [A, B, C] = [1, 2, 3].map((each) => `0f8fad5b-d9cb-469f-a165-00000000000${each}`) as [string, string, string];

export function press(index: number, overrides: Partial<NewPress> = {}): NewPress {
  return { rating: 2, at: NOW + index, bootMs: 1000 + index, synced: true, ...overrides };
}

/** What every journal of a terminal must do. */
export function journalContract(name: string, makeDisk: () => JournalDisk): void {
  describe(`${name}, as every journal`, () => {
    let disk: JournalDisk | undefined;
    let journal: Journal;
    const open = (epoch: string, bootId = 'boot-1', bootMs = 0): Journal => {
      disk ??= makeDisk();
      journal = disk.open({ epoch, bootId, bootMs });
      return journal;
    };
    const keep = (count: number, overrides: Partial<NewPress> = {}): number[] =>
      Array.from({ length: count }, (_, index) => journal.keep(press(index, overrides)));

    afterEach(() => {
      disk?.remove();
      disk = undefined;
    });

    it('numbers presses of an epoch from 1 without a gap and gives them back as they were', () => {
      open(A);
      const presses = [0, 1, 2, 3].map((rating) =>
        press(rating, { rating: rating as 0 | 1 | 2 | 3, synced: rating > 1 }),
      );
      expect(presses.map((each) => journal.keep(each))).toEqual([1, 2, 3, 4]);
      expect(journal.read(A, 1, 4)).toEqual(presses.map((each, index) => ({ ...each, seq: index + 1 })));
      expect(journal.read(A, 2, 2).map((each) => each?.seq)).toEqual([2, 3]);
    });

    it('rounds times to whole milliseconds, as the wire format wants them', () => {
      open(A).keep(press(0, { at: NOW + 0.6, bootMs: 12.4 }));
      expect(journal.read(A, 1, 1)[0]).toMatchObject({ at: NOW + 1, bootMs: 12 });
    });

    it('remembers what was known of the contact and of the age', () => {
      open(A);
      const doubtful = press(0, { chattering: true, ageIsMinimum: true, bootMs: -5_000, synced: false });
      journal.keep(doubtful);
      journal.keep(press(1, { chattering: true }));
      open(B);
      expect(journal.read(A, 1, 2)).toEqual([
        { ...doubtful, seq: 1 },
        { ...press(1), chattering: true, seq: 2 },
      ]);
    });

    it('knows a press that its panel numbered once it is kept, in whatever order, also after a crash', () => {
      open(A);
      for (const number of [1, 2, 5, 4]) journal.keep({ ...press(number), numbered: { panelBoot: 'p1', number } });
      journal.keep({ ...press(9), numbered: { panelBoot: 'p2', number: 1 } });
      const known = (panelBoot: string): number[] =>
        [1, 2, 3, 4, 5, 6].filter((number) => journal.knows({ panelBoot, number }));
      for (const epoch of [B, C]) {
        expect([known('p1'), known('p2'), known('p3')]).toEqual([[1, 2, 4, 5], [1], []]);
        open(epoch);
      }
      expect(journal.keep({ ...press(3), numbered: { panelBoot: 'p1', number: 3 } })).toBe(1);
      expect(known('p1')).toEqual([1, 2, 3, 4, 5]);
      expect(journal.read(C, 1, 1)).toEqual([{ ...press(3), seq: 1 }]);
    });

    it('tells which presses each epoch holds, oldest epoch first, empty ones not', () => {
      open(A);
      keep(3);
      journal.close();
      open(B).close();
      open(C);
      keep(1);
      expect(journal.epoch).toBe(C);
      expect(journal.spans()).toEqual([
        { epoch: A, oldestSeq: 1, lastSeq: 3, ackedSeq: 0 },
        { epoch: C, oldestSeq: 1, lastSeq: 1, ackedSeq: 0 },
      ]);
    });

    it('starts every opening as an epoch of its own, numbered from 1', () => {
      open(A);
      keep(2);
      open(B);
      expect(journal.keep(press(9))).toBe(1);
      expect(journal.read(A, 1, 2).map((each) => each?.seq)).toEqual([1, 2]);
    });

    it('remembers a mark, never beyond its last press, and goes back on demand', () => {
      open(A);
      keep(3);
      const acked = (): number | undefined => journal.spans()[0]?.ackedSeq;
      journal.acknowledge(A, 2);
      expect(acked()).toBe(2);
      journal.acknowledge(A, 99);
      expect(acked()).toBe(3);
      journal.acknowledge(A, 1);
      expect(acked()).toBe(1);
      journal.close();
      open(B);
      expect(acked()).toBe(1);
    });

    it('has every press after a crash, and the marks as of the last press', () => {
      open(A);
      keep(4);
      journal.acknowledge(A, 4);
      open(B);
      // The mark of A had no later press to travel with: its presses are sent again, which harms nothing.
      expect(journal.spans()).toMatchObject([{ epoch: A, lastSeq: 4, ackedSeq: 0 }]);
      journal.acknowledge(A, 4);
      keep(1);
      journal.acknowledge(B, 1);
      keep(1);
      open(C);
      expect(journal.spans()).toMatchObject([
        { epoch: A, lastSeq: 4, ackedSeq: 4 },
        { epoch: B, lastSeq: 2, ackedSeq: 1 },
      ]);
    });

    it('writes marks at once on demand', () => {
      open(A);
      keep(4);
      journal.acknowledge(A, 3);
      journal.flush();
      open(B);
      expect(journal.spans()).toMatchObject([{ epoch: A, ackedSeq: 3 }]);
    });

    it('keeps a press set aside, but gives null for it, also after a crash', () => {
      open(A);
      keep(3);
      journal.setAside(A, 2, 'malformed');
      journal.setAside(A, 2, 'malformed');
      open(B);
      expect(journal.setAsideCount()).toBe(1);
      expect(journal.read(A, 1, 3).map((each) => each?.seq)).toEqual([1, undefined, 3]);
      expect(journal.spans()).toMatchObject([{ epoch: A, oldestSeq: 1, lastSeq: 3 }]);
    });

    it('gives null for what it does not have', () => {
      open(A);
      keep(2);
      expect(journal.read(A, 2, 3).map((each) => each?.seq ?? null)).toEqual([2, null, null]);
    });

    it('remembers offset, waited time and boot times of each opening', () => {
      open(A, 'boot-1', 500);
      journal.noteOffset(NOW);
      journal.noteWaited(61_000);
      journal.keep(press(0, { bootMs: 90_000 }));
      open(B, 'boot-2', 40);
      expect(journal.facts()).toEqual([
        { epoch: A, bootId: 'boot-1', offsetMs: NOW, openedBootMs: 500, lastBootMs: 90_000, waitedMs: 61_000 },
        { epoch: B, bootId: 'boot-2', offsetMs: undefined, openedBootMs: 40, lastBootMs: 40, waitedMs: 0 },
      ]);
    });

    describe('forgets', () => {
      const week = 7 * DAY_MS;
      /** Acknowledged, and known to be so from the day before on. */
      const acknowledge = (epoch: string, upTo: number): void => {
        journal.acknowledge(epoch, upTo);
        journal.noteAcknowledged(NOW - DAY_MS);
      };

      it('acknowledged presses that are old, never one that is not acknowledged', () => {
        open(A);
        for (const at of [1, 2, 3, 4]) journal.keep(press(at, { at: NOW + at }));
        acknowledge(A, 3);
        expect(journal.forget(NOW + 3)).toBe(2);
        expect(journal.spans()).toEqual([{ epoch: A, oldestSeq: 3, lastSeq: 4, ackedSeq: 3 }]);
        expect(journal.forget(NOW + week)).toBe(1);
        expect(journal.forget(NOW + week)).toBe(0);
        expect(journal.read(A, 4, 1)[0]?.seq).toBe(4);
        expect(journal.keep(press(5))).toBe(5);
      });

      it('for good, and with the mark that travelled in them', () => {
        open(A);
        keep(5);
        acknowledge(A, 5);
        expect(journal.forget(NOW + week)).toBe(5);
        expect(journal.keep(press(6))).toBe(6);
        open(B);
        expect(journal.spans()).toEqual([{ epoch: A, oldestSeq: 6, lastSeq: 6, ackedSeq: 5 }]);
      });

      it('no press behind a younger one', () => {
        open(A);
        for (const at of [9, 1, 9]) journal.keep(press(at, { at: NOW + at }));
        acknowledge(A, 3);
        expect(journal.forget(NOW + 5)).toBe(0);
      });

      it('with a press set aside also the note of it', () => {
        open(A);
        keep(1);
        journal.setAside(A, 1, 'malformed');
        acknowledge(A, 1);
        expect(journal.forget(NOW + week)).toBe(1);
        expect(journal.setAsideCount()).toBe(0);
      });

      it('none that was not known to be acknowledged that long ago, however old it is', () => {
        open(A);
        keep(3, { at: NOW - 30 * DAY_MS });
        journal.acknowledge(A, 1);
        expect(journal.forget(NOW + week)).toBe(0);
        journal.noteAcknowledged(NOW);
        journal.acknowledge(A, 2);
        journal.noteAcknowledged(NOW + DAY_MS);
        journal.acknowledge(A, 3);
        expect(journal.forget(NOW)).toBe(0);
        expect(journal.forget(NOW + DAY_MS)).toBe(1);
        open(B);
        expect(journal.forget(NOW + DAY_MS)).toBe(0);
        expect(journal.forget(NOW + DAY_MS + 1)).toBe(1);
        expect(journal.spans()).toEqual([expect.objectContaining({ epoch: A, oldestSeq: 3 })]);
      });

      it('none that the gateway wanted again since', () => {
        open(A);
        keep(3, { at: NOW - 30 * DAY_MS });
        acknowledge(A, 3);
        journal.acknowledge(A, 1);
        journal.acknowledge(A, 3);
        expect(journal.forget(NOW)).toBe(1);
        journal.noteAcknowledged(NOW);
        expect(journal.forget(NOW + 1)).toBe(2);
      });

      it('what was noted of it after a crash too, as its mark was noted with it', () => {
        open(A);
        keep(3, { at: NOW - 30 * DAY_MS });
        acknowledge(A, 2);
        open(B);
        expect(journal.spans()).toEqual([{ epoch: A, oldestSeq: 1, lastSeq: 3, ackedSeq: 2 }]);
        expect(journal.forget(NOW)).toBe(2);
      });

      it('none that was acknowledged anew after a crash had taken its mark', () => {
        open(A);
        keep(3, { at: NOW - 30 * DAY_MS });
        disk?.withoutMarks(() => acknowledge(A, 3));
        open(B);
        expect(journal.spans()).toMatchObject([{ epoch: A, ackedSeq: 0 }]);
        journal.acknowledge(A, 3);
        expect(journal.forget(NOW)).toBe(0);
        keep(1);
        open(C);
        expect(journal.spans()).toMatchObject([{ epoch: A, ackedSeq: 3 }, { epoch: B }]);
        expect(journal.forget(NOW)).toBe(0);
        journal.noteAcknowledged(NOW);
        expect(journal.forget(NOW)).toBe(0);
        expect(journal.forget(NOW + 1)).toBe(3);
      });

      it('none that the gateway wanted again before a crash', () => {
        for (const marked of [false, true]) {
          open(A);
          keep(3, { at: NOW - 30 * DAY_MS });
          acknowledge(A, 3);
          if (marked) keep(1);
          journal.acknowledge(A, 1);
          journal.acknowledge(A, 3);
          open(B);
          journal.acknowledge(A, 3);
          expect(journal.forget(NOW)).toBe(1);
          disk?.remove();
          disk = undefined;
        }
      });

      it('by the true time where the clock was wrong', () => {
        open(A, 'boot-1');
        keep(1, { at: 5_000, bootMs: 5_000, synced: false });
        acknowledge(A, 1);
        expect(journal.forget(NOW)).toBe(0);
        journal.noteOffset(NOW);
        expect(journal.forget(NOW + 5_000)).toBe(0);
        expect(journal.forget(NOW + 5_001)).toBe(1);
      });

      it('where no clock was ever right in that boot: by the next boot that knew', () => {
        open(A, 'boot-1');
        keep(1, { at: NOW + 99 * DAY_MS, synced: false });
        acknowledge(A, 1);
        journal.flush();
        open(B, 'boot-2');
        expect(journal.forget(NOW + week)).toBe(0);
        journal.noteOffset(NOW);
        expect(journal.forget(NOW)).toBe(0);
        expect(journal.forget(NOW + 1)).toBe(1);
      });

      it('the facts of epochs that are of no use any more', () => {
        open(A);
        keep(1);
        acknowledge(A, 1);
        journal.close();
        open(B).close();
        open(C);
        keep(1);
        journal.forget(NOW + week);
        expect(journal.facts().map(({ epoch }) => epoch)).toEqual([B, C]);
      });
    });
  });
}
