import { isTerminalId } from '@hymio/protocol';
import type { Edited } from './apply-registry-edit.js';
import type { RegisteredTerminal, Registry } from './registry.js';
import type { RegistryEdit, RegistryFacts } from './registry-edit.js';
import { faultOf } from './registry-faults.js';
import { afterAsking, afterMove, afterRetirement } from './stays.js';

type Of<K extends RegistryEdit['kind']> = Extract<RegistryEdit, { kind: K }>;
export type TerminalEdit = Of<
  'put-terminal' | 'move-terminal' | 'ask-question' | 'replace-device' | 'retire-terminal' | 'restore-terminal'
>;

/** No press of before 2020 is possible, and nobody plans so far ahead, UTC ms. */
const EARLIEST = Date.UTC(2020, 0, 1);
const FARTHEST_AHEAD_MS = 10 * 366 * 24 * 3_600_000;

/** Edits of terminals, where they stand and what they ask. */
export function editTerminal(registry: Registry, edit: TerminalEdit, facts: RegistryFacts): Edited {
  if (edit.kind === 'ask-question') return ask(registry, edit, facts);
  if (edit.kind === 'put-terminal') return name(registry, edit, facts);
  const subject = { kind: 'terminal', id: edit.terminal } as const;
  const held = registry.terminals.find(({ id }) => id === edit.terminal);
  if (held === undefined && !facts.isSeen(edit.terminal)) {
    return { faults: [faultOf('unknown-terminal', subject, 'is not known.', { field: 'terminal' })] };
  }
  // Touched by an administrator, a terminal that came by itself is an announced one.
  const terminal = held ?? { id: edit.terminal };
  switch (edit.kind) {
    case 'move-terminal':
      return move(registry, terminal, edit, facts);
    case 'replace-device':
      return replaceDevice(registry, terminal, edit, facts);
    case 'retire-terminal':
      return retire(registry, terminal, edit, facts);
    case 'restore-terminal':
      return restore(registry, terminal);
  }
}

function name(
  registry: Registry,
  { terminal: id, name: called, version }: Of<'put-terminal'>,
  { isSeen }: RegistryFacts,
): Edited {
  const subject = { kind: 'terminal', id } as const;
  const held = registry.terminals.find((terminal) => terminal.id === id);
  if (!isTerminalId(id)) {
    return {
      faults: [faultOf('id-malformed', subject, 'has an id of other characters than a-z, 0-9 and -.', { field: 'id' })],
    };
  }
  if (version === undefined && (held !== undefined || isSeen(id))) {
    return { faults: [faultOf('id-taken', subject, 'exists already.', { field: 'id', detail: id })] };
  }
  const { name: _before, ...rest } = held ?? { id };
  return { registry: withTerminal(registry, { ...rest, ...(called !== undefined && { name: called }) }) };
}

function move(
  registry: Registry,
  terminal: RegisteredTerminal,
  edit: Of<'move-terminal'>,
  facts: RegistryFacts,
): Edited {
  const { from, servicePoint, question } = edit;
  const subject = { kind: 'terminal', id: terminal.id } as const;
  const { retiredAt } = terminal;
  if (!isPossible(from, facts)) return { faults: [impossible(subject, 'from')] };
  if (retiredAt !== undefined && from >= retiredAt) {
    return { faults: [faultOf('retired', subject, 'is out of use: bring it back first.', { field: 'from' })] };
  }
  const assignments = afterMove(registry.assignments, {
    terminal: terminal.id,
    from,
    ...(servicePoint !== undefined && { servicePoint }),
    ...(servicePoint !== undefined && question !== undefined && { question }),
    ...(retiredAt !== undefined && { retiredAt }),
  });
  return { registry: { ...withTerminal(registry, terminal), assignments } };
}

function ask(registry: Registry, { servicePoint, from, question }: Of<'ask-question'>, facts: RegistryFacts): Edited {
  const subject = { kind: 'service-point', id: servicePoint } as const;
  if (!registry.servicePoints.some(({ id }) => id === servicePoint)) {
    return { faults: [faultOf('unknown-service-point', subject, 'does not exist.', { field: 'servicePoint' })] };
  }
  if (!isPossible(from, facts)) return { faults: [impossible(subject, 'from')] };
  const assignments = afterAsking(registry.assignments, {
    servicePoint,
    from,
    ...(question !== undefined && { question }),
  });
  if (assignments !== undefined) return { registry: { ...registry, assignments } };
  const says = 'has no terminal at that time that could ask: move one there first.';
  return { faults: [faultOf('nobody-stands-there', subject, says, { field: 'from' })] };
}

function replaceDevice(
  registry: Registry,
  terminal: RegisteredTerminal,
  edit: Of<'replace-device'>,
  facts: RegistryFacts,
): Edited {
  const subject = { kind: 'terminal', id: terminal.id } as const;
  const faults = [];
  if (!isPast(edit.at, facts))
    faults.push(faultOf('in-the-future', subject, 'cannot have been changed later than now.', { field: 'at' }));
  if (edit.why.trim() === '')
    faults.push(faultOf('reason-missing', subject, 'needs a reason for the exchange.', { field: 'why' }));
  if (faults.length > 0) return { faults };
  return { registry: withTerminal(registry, { ...terminal, replacedAt: edit.at }) };
}

function retire(
  registry: Registry,
  terminal: RegisteredTerminal,
  { at }: Of<'retire-terminal'>,
  facts: RegistryFacts,
): Edited {
  const subject = { kind: 'terminal', id: terminal.id } as const;
  if (terminal.retiredAt !== undefined) return { faults: [faultOf('retired', subject, 'is out of use already.')] };
  if (!isPast(at, facts)) {
    return { faults: [faultOf('in-the-future', subject, 'cannot go out of use later than now.', { field: 'at' })] };
  }
  const assignments = afterRetirement(registry.assignments, terminal.id, at);
  return { registry: { ...withTerminal(registry, { ...terminal, retiredAt: at }), assignments } };
}

function restore(registry: Registry, { retiredAt, ...terminal }: RegisteredTerminal): Edited {
  if (retiredAt !== undefined) return { registry: withTerminal(registry, terminal) };
  return { faults: [faultOf('not-retired', { kind: 'terminal', id: terminal.id }, 'is in use already.')] };
}

function isPossible(at: number, { now }: RegistryFacts): boolean {
  return at >= EARLIEST && at <= now + FARTHEST_AHEAD_MS;
}

function isPast(at: number, { now }: RegistryFacts): boolean {
  return at >= EARLIEST && at <= now;
}

function impossible(subject: Parameters<typeof faultOf>[1], field: string) {
  return faultOf('impossible-date', subject, 'cannot be changed at that time.', { field });
}

/** A terminal put in the place of the one of its id. */
function withTerminal(registry: Registry, terminal: RegisteredTerminal): Registry {
  const others = registry.terminals.filter(({ id }) => id !== terminal.id);
  return { ...registry, terminals: [...others, terminal].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
