import type { Journal, NewPress } from '@hymio/device';
import type { EpochSpan } from '@hymio/protocol';
import type { SimulatedProcess } from './simulated-process.js';

export interface JournalObserver {
  /** A press has just been committed to the journal. */
  kept(epoch: string, seq: number, press: NewPress): void;
  /** Presses have just been deleted as acknowledged and old. */
  forgot(before: readonly EpochSpan[], after: readonly EpochSpan[]): void;
}

const READS: ReadonlySet<string | symbol> = new Set(['spans', 'facts', 'read', 'knows', 'setAsideCount']);

/** A journal that tells the ledger, and may be the last thing that its process does, before or after each write. */
export function observeJournal(journal: Journal, process: SimulatedProcess, observer: JournalObserver): Journal {
  const observed: Partial<Journal> = {
    keep: (press) => {
      const seq = journal.keep(press);
      observer.kept(journal.epoch, seq, press);
      return seq;
    },
    forget: (before) => {
      const held = journal.spans();
      const forgotten = journal.forget(before);
      if (forgotten > 0) observer.forgot(held, journal.spans());
      return forgotten;
    },
  };
  // Asked for at every step of the firmware: each method is wrapped once.
  const wrapped = new Map<string | symbol, unknown>();
  return new Proxy(journal, {
    get: (target, name) => {
      const known = wrapped.get(name);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(observed, name) ?? Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = READS.has(name)
        ? member.bind(target)
        : (...given: unknown[]): unknown => {
            process.point();
            const result: unknown = Reflect.apply(member, target, given);
            process.point();
            return result;
          };
      wrapped.set(name, method);
      return method;
    },
  });
}
