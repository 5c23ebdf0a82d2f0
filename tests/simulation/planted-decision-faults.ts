import type { Tampering } from '@hymio/simulator';

type MarkFault = NonNullable<Tampering['markRepeats']>;

/** Sees nobody who pressed before or after the batch. */
const marksByTheBatchAlone: MarkFault = (mark) => (inserted, rules) => mark(inserted, { ...rules, held: () => [] });

/** Leaves the marks of presses that were there as they are. */
const marksOnlyWhatIsNew: MarkFault = (mark) => (inserted, rules) => ({
  ...mark(inserted, rules),
  flipped: [],
});

/** Takes a press for a repeat that comes exactly when the window is over, or (by `-1`) not one that comes just before. */
function windowOffBy(ms: number): MarkFault {
  return (mark) => (inserted, rules) =>
    mark(inserted, {
      ...rules,
      windowAt: (countedAt) => {
        const windowMs = rules.windowAt(countedAt);
        return windowMs === 0 ? 0 : windowMs + ms;
      },
      maxWindowMs: rules.maxWindowMs + ms,
    });
}

/** Believes a will whenever it came, though the terminal has been heard since. */
const believesEveryWill: NonNullable<Tampering['evidence']> = (of) => (terminal, now, deaf) => {
  const known = of(terminal, now, deaf);
  if (terminal.availability !== 'offline') return known;
  return { ...known, contact: { kind: 'lost', since: terminal.availabilityAt ?? now, reason: 'said-so' } };
};

export type DecisionFault =
  | 'marks repeats by the batch alone'
  | 'marks no neighbour of a late press anew'
  | 'counts the end of the window to it'
  | 'ends the window a moment too soon'
  | 'takes the will of an older connection for news'
  | 'joins what was known whatever lies between'
  | 'forgets that a terminal was faulty'
  | 'knows of no work before a status';

/** What a store decides of repeats and of presence, each with a mistake that someone could make. */
export const PLANTED_DECISION_FAULTS: Record<DecisionFault, Tampering> = {
  'marks repeats by the batch alone': { markRepeats: marksByTheBatchAlone },
  'marks no neighbour of a late press anew': { markRepeats: marksOnlyWhatIsNew },
  'counts the end of the window to it': { markRepeats: windowOffBy(1) },
  'ends the window a moment too soon': { markRepeats: windowOffBy(-1) },
  'takes the will of an older connection for news': { evidence: believesEveryWill },
  'joins what was known whatever lies between': {
    applyPresence: (apply) => (state, spans, status, receivedAt) =>
      apply(state, spans, { ...status, heartbeatIntervalMs: Number.MAX_SAFE_INTEGER }, receivedAt),
  },
  'forgets that a terminal was faulty': {
    applyPresence: (apply) => (_, spans, status, receivedAt) =>
      apply({ floorAt: 0, faulty: false }, spans, status, receivedAt),
  },
  'knows of no work before a status': {
    applyPresence: (apply) => (state, spans, status, receivedAt) =>
      apply(state, spans, { ...status, uptimeMs: 0 }, receivedAt),
  },
};

/** By which broken promise each may be found. */
export const DECISIONS_FOUND_AS: Record<DecisionFault, readonly string[]> = {
  'marks repeats by the batch alone': ['wrong-repeat'],
  'marks no neighbour of a late press anew': ['wrong-repeat'],
  'counts the end of the window to it': ['wrong-repeat'],
  'ends the window a moment too soon': ['wrong-repeat'],
  'takes the will of an older connection for news': ['wrong-state'],
  'joins what was known whatever lies between': ['worked-while-dead'],
  'forgets that a terminal was faulty': ['worked-while-faulty'],
  'knows of no work before a status': ['work-not-known'],
};
