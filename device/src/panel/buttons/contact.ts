import type { ButtonRules } from './button-rules.js';

/**
 * One button's contact, debounced. `released`: it is up, but may still bounce; a contact that closes again within the
 * lockout was never let go. `doubtful`: it closed when that lockout may or may not have been over, because it is only
 * known between which times: where it stays closed, it was a press. Times are boot times, ms.
 */
export type Contact =
  | { phase: 'up' }
  /** `assumed`: so it was told once; nobody saw it close, nor would have seen it open before it was watched. */
  | { phase: 'held'; sinceMs: number; assumed?: true }
  | { phase: 'stuck'; sinceMs: number; assumed?: true }
  | { phase: 'released'; atMs: number; was: 'up' | 'held' | 'stuck'; sinceMs: number }
  | { phase: 'doubtful'; atMs: number; was: 'up' | 'held' | 'stuck'; sinceMs: number };

interface Step {
  contact: Contact;
  pressed?: true;
}
type Input = 'down' | 'up' | 'time';
type Transition<Phase> = (contact: Extract<Contact, { phase: Phase }>, atMs: number, rules: ButtonRules) => Step;
type Table = { [Phase in Contact['phase']]: { [each in Input]: Transition<Phase> } };

export const UP: Contact = { phase: 'up' };

const TABLE: Table = {
  up: {
    down: (_, atMs) => ({ contact: { phase: 'held', sinceMs: atMs }, pressed: true }),
    // Let go without having been seen down: down already when the panel came up. Its bounce must not count.
    up: (_, atMs) => ({ contact: { phase: 'released', atMs, was: 'up', sinceMs: atMs } }),
    time: same,
  },
  held: {
    down: downAgain,
    up: ({ sinceMs }, atMs) => ({ contact: { phase: 'released', atMs, was: 'held', sinceMs } }),
    time: (contact, atMs, { stuckMs }) =>
      atMs < contact.sinceMs + stuckMs ? { contact } : { contact: { ...contact, phase: 'stuck' } },
  },
  stuck: {
    down: downAgain,
    up: ({ sinceMs }, atMs) => ({ contact: { phase: 'released', atMs, was: 'stuck', sinceMs } }),
    time: same,
  },
  released: {
    down: ({ atMs: releasedMs, was, sinceMs }, atMs, { lockoutMs }) =>
      atMs < releasedMs + lockoutMs
        ? { contact: { phase: was === 'up' ? 'held' : was, sinceMs } }
        : { contact: { phase: 'doubtful', atMs, was, sinceMs } },
    up: (contact, atMs) => ({ contact: { ...contact, atMs } }),
    time: (contact, atMs, { lockoutMs }) => ({ contact: atMs < contact.atMs + lockoutMs ? contact : UP }),
  },
  doubtful: {
    down: same,
    up: ({ was, sinceMs }, atMs) => ({ contact: { phase: 'released', atMs, was, sinceMs } }),
    time: (contact, atMs, { lockoutMs }) =>
      atMs < contact.atMs + lockoutMs
        ? { contact }
        : { contact: { phase: 'held', sinceMs: contact.atMs }, pressed: true },
  },
};

/** The contact after an input at `atMs`, and whether that was a press. A change is preceded by a `time` of the same moment. */
export function stepContact(contact: Contact, input: Input, atMs: number, rules: ButtonRules): Step {
  const transition = TABLE[contact.phase][input] as Transition<Contact['phase']>;
  return transition(contact as never, atMs, rules);
}

/** When time alone will change the contact, boot ms. */
export function contactDueMs(contact: Contact, { lockoutMs, stuckMs }: ButtonRules): number | undefined {
  if (contact.phase === 'held') return contact.sinceMs + stuckMs;
  return contact.phase === 'released' || contact.phase === 'doubtful' ? contact.atMs + lockoutMs : undefined;
}

/** It was last seen closed. */
export function isClosed({ phase }: Contact): boolean {
  return phase === 'held' || phase === 'stuck' || phase === 'doubtful';
}

/** One that was only assumed to be down must have been let go meanwhile. */
function downAgain(contact: Extract<Contact, { sinceMs: number }>, atMs: number): Step {
  if (!('assumed' in contact)) return { contact };
  return { contact: { phase: 'held', sinceMs: atMs }, pressed: true };
}

function same(contact: Contact): Step {
  return { contact };
}
