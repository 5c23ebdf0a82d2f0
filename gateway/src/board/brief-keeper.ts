import type { Assignment, Registry } from '../registry/registry.js';
import type { StatusBrief, TerminalBrief } from '../terminals/terminal-brief.js';
import { terminalBrief } from '../terminals/terminal-brief.js';
import { firstAtOrAfter } from './first-at-or-after.js';

/** Versions and words that are held once; where terminals report ever new ones they are forgotten. */
const MOST_WORDS = 1_000;

/**
 * Makes what was read of terminals small enough to be held: what arrives from the reading thread has every word anew. What
 * says the same as before is not taken again, names and assignments are those of the registry, words are held once.
 */
export class BriefKeeper {
  readonly #words = new Map<string, string>();

  /** `before`: what is held of the same terminal. */
  keep(read: TerminalBrief, before: TerminalBrief | undefined, registry: Registry): TerminalBrief {
    if (before !== undefined && isSameBrief(read, before)) return before;
    const kept = terminalBrief(read);
    kept.assignment = read.assignment && assignmentIn(registry, read.assignment);
    kept.id = before?.id ?? kept.assignment?.terminal ?? read.id;
    kept.name = before?.name === read.name ? before?.name : nameIn(registry, read);
    if (read.availability === 'online') kept.availability = 'online';
    if (read.availability === 'offline') kept.availability = 'offline';
    const { status } = kept;
    if (status === undefined) return kept;
    status.firmware = this.#word(status.firmware);
    status.clock = status.clock === 'synced' ? 'synced' : 'unsynced';
    if (status.configVersion !== undefined) status.configVersion = this.#word(status.configVersion);
    return kept;
  }

  #word(word: string): string {
    const held = this.#words.get(word);
    if (held !== undefined) return held;
    if (this.#words.size >= MOST_WORDS) this.#words.clear();
    this.#words.set(word, word);
    return word;
  }
}

function assignmentIn({ assignments }: Registry, own: Assignment): Assignment {
  let place = firstAtOrAfter(assignments, own.terminal, ({ terminal }) => terminal);
  for (let held = assignments[place]; held?.terminal === own.terminal; held = assignments[place]) {
    if (isSameAssignment(held, own)) return held;
    place += 1;
  }
  return own;
}

function nameIn({ terminals }: Registry, { id, name }: TerminalBrief): string | undefined {
  const found = terminals[firstAtOrAfter(terminals, id, (terminal) => terminal.id)];
  return found?.id === id && found.name === name ? found.name : name;
}

function isSameBrief(a: TerminalBrief, b: TerminalBrief): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.registered === b.registered &&
    a.retiredAt === b.retiredAt &&
    a.replacedAt === b.replacedAt &&
    isSameAssignment(a.assignment, b.assignment) &&
    a.firstSeenAt === b.firstSeenAt &&
    a.lastSeenAt === b.lastSeenAt &&
    a.availability === b.availability &&
    a.availabilityAt === b.availabilityAt &&
    isSameStatus(a.status, b.status) &&
    a.statusAt === b.statusAt &&
    a.pendingPresses === b.pendingPresses &&
    a.lastPressAt === b.lastPressAt &&
    a.seenBlockedAt === b.seenBlockedAt &&
    a.lostPresses === b.lostPresses &&
    a.missingPresses === b.missingPresses
  );
}

function isSameAssignment(a: Assignment | undefined, b: Assignment | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isPlace = a.terminal === b.terminal && a.servicePoint === b.servicePoint && a.question === b.question;
  return isPlace && a.from === b.from && a.to === b.to;
}

function isSameStatus(a: StatusBrief | undefined, b: StatusBrief | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.sentAt === b.sentAt &&
    a.firmware === b.firmware &&
    a.pending === b.pending &&
    a.oldestPendingAt === b.oldestPendingAt &&
    a.clock === b.clock &&
    a.uptimeMs === b.uptimeMs &&
    a.heartbeatIntervalMs === b.heartbeatIntervalMs &&
    a.configVersion === b.configVersion &&
    a.hardware.freeDiskBytes === b.hardware.freeDiskBytes &&
    (a.faults.length === 0 ? b.faults.length === 0 : JSON.stringify(a.faults) === JSON.stringify(b.faults))
  );
}
