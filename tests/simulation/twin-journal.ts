import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Journal, ResilientJournal } from '@hymio/device';
import type { JournalOpening } from '@hymio/simulator';
import { memoryFolder } from '../support/memory-folder.js';

interface Difference {
  what: string;
  simulated: unknown;
  real: unknown;
}

/** Where the files of simulated machines lie while a seed runs. */
export class TwinDisks {
  readonly #root = memoryFolder('hymio-twins-');
  readonly #open = new Map<string, ResilientJournal>();
  /** What the two journals did not agree on. */
  readonly differences: string[] = [];
  compared = 0;

  /** A journal that is kept twice: as the simulation keeps it, and in a real file. The one before it crashed. */
  twin(journal: Journal, { machine, terminal, epoch, bootId, bootMs }: JournalOpening): Journal {
    this.#open.get(machine)?.abandon();
    const file = new ResilientJournal(
      { folder: join(this.#root, machine), terminal, now: () => 0, opening: () => ({ epoch, bootId, bootMs }) },
      ({ code, detail }) => this.differences.push(`${machine}: ${code} ${detail}`),
    );
    this.#open.set(machine, file);
    return twinJournal(journal, file, (difference) => this.#compare(machine, difference));
  }

  remove(): void {
    for (const journal of this.#open.values()) journal.abandon();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #compare(machine: string, { what, simulated, real }: Difference): void {
    this.compared += 1;
    if (isDeepStrictEqual(simulated, real)) return;
    const [one, other] = [JSON.stringify(simulated), JSON.stringify(real)];
    this.differences.push(`${machine}: ${what}: simulated ${one}, in the file ${other}`);
  }
}

/** What every call is followed by. */
const READS = ['spans', 'facts', 'setAsideCount'] as const;

function twinJournal(journal: Journal, file: Journal, tell: (difference: Difference) => void): Journal {
  const compareReads = (after: string): void => {
    for (const name of READS) tell({ what: `${name} after ${after}`, simulated: journal[name](), real: file[name]() });
  };
  compareReads('the opening');
  return new Proxy(journal, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (READS.some((read) => read === name)) return member.bind(target);
      return (...given: unknown[]): unknown => {
        const simulated: unknown = Reflect.apply(member, target, given);
        // The file stays open until the next opening: a crash proves that no more than the flush counts.
        const same: unknown = Reflect.get(file, name === 'close' ? 'flush' : name, file);
        if (typeof same !== 'function') throw new Error(`the journal in a file has no ${String(name)}`);
        tell({ what: String(name), simulated, real: Reflect.apply(same, file, given) });
        compareReads(String(name));
        return simulated;
      };
    },
  });
}
