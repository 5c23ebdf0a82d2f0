/** How a panel is, as the watchdog needs to know it. Ages in ms of monotonic time. */
export type PanelProgress =
  /** It takes presses, or has nothing that could fail. */
  | { kind: 'ready' }
  /** An attempt to work with it is under way. */
  | { kind: 'opening'; forMs: number }
  /** It does not work, that is reported, and the next attempt is due in `nextInMs` (negative: overdue). */
  | { kind: 'faulty'; code: string; nextInMs: number };

/** How the journal is. */
export type JournalProgress =
  /** The last write succeeded or there was none, and it can be read. */
  | { kind: 'sound' }
  /** Presses cannot be kept, or it cannot be read. */
  | { kind: 'failing'; code: string; forMs: number };

/** What is known of the firmware at one moment. That somebody asks shows that the event loop turns. */
export interface ProgressFacts {
  journal: JournalProgress;
  panel: PanelProgress;
}

/** A journal may fail this long, ms: its fault is to reach the gateway before a new start is tried. */
export const JOURNAL_PATIENCE_MS = 60_000;
/** An attempt to open a panel takes at most some seconds, ms; behind that hangs what attempts. */
export const OPENING_PATIENCE_MS = 60_000;
/** A planned attempt may be this late, ms. */
export const RETRY_PATIENCE_MS = 60_000;
/** A new start does not make room. */
const BEYOND_A_NEW_START: ReadonlySet<string> = new Set(['journal-full']);

/**
 * Why the watchdog must not be fed, in words; undefined where journal and panel make progress. A panel that is missing
 * is a fault to report, not a reason to start anew for ever: progress is that somebody keeps trying.
 */
export function whatHinders({ journal, panel }: ProgressFacts): string | undefined {
  if (journal.kind === 'failing' && journal.forMs >= JOURNAL_PATIENCE_MS && !BEYOND_A_NEW_START.has(journal.code)) {
    return `the journal has been failing for ${seconds(journal.forMs)} s: ${journal.code}`;
  }
  if (panel.kind === 'opening' && panel.forMs >= OPENING_PATIENCE_MS) {
    return `the panel has been opening for ${seconds(panel.forMs)} s`;
  }
  if (panel.kind === 'faulty' && panel.nextInMs <= -RETRY_PATIENCE_MS) {
    return `nobody tries the panel any more: ${panel.code}, overdue by ${seconds(-panel.nextInMs)} s`;
  }
  return undefined;
}

/** True where the watchdog may be fed. */
export function isMakingProgress(facts: ProgressFacts): boolean {
  return whatHinders(facts) === undefined;
}

/** One line for people who look at the service. */
export function describeProgress({ journal, panel }: ProgressFacts): string {
  if (journal.kind === 'failing') return `Presses are not kept: ${journal.code}`;
  if (panel.kind === 'faulty') return `No presses: ${panel.code}; trying again`;
  return panel.kind === 'opening' ? 'Opening the panel' : 'Taking presses';
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
