import type { AckMessage, Availability, ClockQuality, PressesMessage, Rating, StatusMessage } from '@hymio/protocol';
import type { AlertStore } from '../alerts/alert-store.js';
import type { Actor } from '../exclusions/exclusion.js';
import type { Suspicion } from '../ingest/suspect-press.js';
import type { Assignment, Registry } from '../registry/registry.js';
import type { ImportSummary, RegistryFile } from '../registry/registry-file.js';
import type { ReportStore } from '../reporting/report-store.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import type { AdministrationStore } from './administration-store.js';
import type { PublicStore } from './public-store.js';
import type { SettingsStore } from './settings-store.js';
import type { TokenStore } from './token-store.js';

/** Length of a rollup's bucket. Buckets start at multiples of it since 1970, UTC. */
export const BUCKET_MS = 15 * 60 * 1000;

interface Arrived {
  terminal: string;
  /** Gateway's wall time, UTC ms. */
  receivedAt: number;
}
export interface BatchArrival extends Arrived {
  kind: 'presses';
  message: PressesMessage;
}
export interface StatusArrival extends Arrived {
  kind: 'status';
  /** Kept by the broker from earlier: says nothing about the terminal being alive now. */
  retained: boolean;
  message: StatusMessage;
}
export interface AvailabilityArrival extends Arrived {
  kind: 'availability';
  retained: boolean;
  availability: Availability;
}
/** Something a terminal sent, understood and valid in itself. */
export type Arrival = BatchArrival | StatusArrival | AvailabilityArrival;

/** A press as the store holds it. */
export interface StoredPress {
  terminal: string;
  epoch: string;
  seq: number;
  /** Time as the terminal sent it, UTC ms. */
  at: number;
  /** Time under which it is counted: `at`, or `receivedAt` where `at` is impossible. */
  countedAt: number;
  rating: Rating;
  /** `estimated` also where `at` was impossible. */
  clock: ClockQuality;
  uncertaintyMs?: number;
  receivedAt: number;
  /** Not counted: less than the repeat window after the last press that is not itself a repeat. */
  repeat: boolean;
  /** Counted as any other, though no panel can have sent it so. */
  suspect?: Suspicion;
  /** Left out of every number but this: someone excluded the span it is counted in. Repeats are marked regardless. */
  excluded: boolean;
  servicePoint?: string;
}

/** Presses from..to (inclusive) of an epoch that no one can deliver any more. */
export interface LostRange {
  terminal: string;
  epoch: string;
  from: number;
  to: number;
  recordedAt: number;
}

/** What the store did with one arrival; what it says to the terminal is sent only after the COMMIT. */
export interface Outcome {
  acks: AckMessage[];
  /** Presses now in the store that were not before, marked as of this arrival: a later one may flip `repeat`. */
  presses: StoredPress[];
  lost: LostRange[];
}

export type IncidentKind = 'presses-missing' | 'store-restored';
export interface Incident {
  id: number;
  kind: IncidentKind;
  /** Absent: concerns the whole store. */
  terminal?: string;
  epoch?: string;
  /** presses-missing: how many are missing still (0 once withdrawn; what is recorded as lost is not missing any more). */
  missing?: number;
  since: number;
  /** Set when the presses arrived after all. */
  withdrawnAt?: number;
  detail?: string;
}

/** Presses that no panel can have sent, of a terminal at a service point (absent: it stood nowhere). */
export interface SuspectCount {
  terminal: string;
  servicePoint?: string;
  why: Suspicion;
  presses: number;
}

export interface EpochRecord {
  epoch: string;
  /** Every press up to it is committed or recorded as lost. */
  mark: number;
  /** Highest lastSeq that the terminal ever reported. */
  highestReported: number;
  firstSeenAt: number;
}

export interface TerminalRecord {
  id: string;
  name?: string;
  /** Announced by the operator. */
  registered: boolean;
  /** Taken out of use then, UTC ms. */
  retiredAt?: number;
  /** Its device was exchanged then, UTC ms. */
  replacedAt?: number;
  /** The one in force at the time asked for. */
  assignment?: Assignment;
  firstSeenAt?: number;
  /** Newest message that was not retained; `offline` does not count, it may be the broker that says it. */
  lastSeenAt?: number;
  availability?: Availability;
  availabilityAt?: number;
  status?: StatusMessage;
  /** When `status` arrived; for one that the broker had kept, when it says it was sent. */
  statusAt?: number;
  /** Presses that it has not delivered yet: of those its newest status listed. Absent without a status. */
  pendingPresses?: number;
  /** Newest countedAt. */
  lastPressAt?: number;
  /** The newest status with a fault that stops presses, UTC ms: it has worked no longer than since then. */
  seenBlockedAt?: number;
  lostPresses: number;
  missingPresses: number;
}
export interface TerminalDetail extends TerminalRecord {
  epochs: EpochRecord[];
  lost: LostRange[];
  incidents: Incident[];
  assignments: Assignment[];
}

/** Which terminals: those named, or up to `most` whose ids come after one. */
export type WantedBriefs = { only: readonly string[] } | { after: string; most: number };

/** A span in which a terminal is known to have worked: from <= t <= to, UTC ms. */
export interface PresenceSpan {
  terminal: string;
  from: number;
  to: number;
}

/** A span in which a terminal said that it had a fault: from <= t <= to, UTC ms by the gateway's clock. */
export interface FaultSpan {
  terminal: string;
  code: string;
  from: number;
  to: number;
}

/** Counts of presses; `ratings` are those that count: neither repeats nor excluded. */
export interface Counts {
  ratings: [number, number, number, number];
  repeats: number;
  /** Of those that count, how many have an estimated time. */
  estimated: number;
  /** Excluded presses, repeats among them or not; they are in no other count. */
  excluded: number;
}
export interface RollupQuery {
  /** UTC ms, multiples of BUCKET_MS; `to` exclusive. */
  from: number;
  to: number;
  /**
   * Cells are [k·stepMs − offsetMs, (k+1)·stepMs − offsetMs): a step in local time with a constant UTC offset
   * (offsetMs positive east). `whole`: one cell for the range.
   */
  step: { stepMs: number; offsetMs: number } | 'whole';
  by: 'total' | 'terminal' | 'servicePoint' | 'terminalAndServicePoint';
  /** Only these; absent: all. */
  terminals?: readonly string[];
  servicePoints?: readonly string[];
}
export interface RollupCell extends Counts {
  /** UTC ms; may lie before `from` where the first cell is cut by the range. */
  start: number;
  terminal?: string;
  /** Absent also where the terminal was unassigned. */
  servicePoint?: string;
}

/** Presses that count of a terminal at a place, for each of the 168 hours of the week: 0 is Monday 0–1, local time. */
export interface HourOfWeekCounts {
  terminal: string;
  /** Absent: unassigned. */
  servicePoint?: string;
  counts: number[];
}

export interface PressQuery {
  terminal?: string;
  /** Only those counted at one of these; absent: all. */
  servicePoints?: readonly string[];
  /** Cursor: only what arrived later. */
  after?: number;
  limit: number;
}
export interface PressPage {
  /** In order of arrival. */
  presses: StoredPress[];
  /** Cursor behind the last of them; absent for an empty page. */
  next?: number;
}

export interface PruneResult {
  pruned: number;
  /** Raw presses counted before this instant are gone; a multiple of BUCKET_MS. */
  rawFrom: number;
}
export interface RebuildResult {
  /** Buckets looked at (from `rawFrom` on) and those that differed. */
  buckets: number;
  changed: number;
}

/**
 * The central feedback store. One process writes it. Every write is atomic and durable when its promise resolves;
 * when it rejects, nothing of it was written. Errors: HymioError `store-full`, `store-unwritable`, `store-corrupt`,
 * `store-newer-schema`, `store-in-use`.
 */
export interface Store extends AdministrationStore, PublicStore {
  /** Who gets reports, and what was issued. */
  readonly reports: ReportStore;
  /** Absent: this store keeps no alerts. */
  readonly alerts?: Pick<AlertStore, 'alerts'>;
  /** Tokens of programs. */
  readonly tokens: TokenStore;
  /** What is desired of terminals. */
  readonly settings: SettingsStore;
  /**
   * Applies arrivals in order in ONE transaction (the group commit). The mark is read, compared and advanced inside.
   * The outcomes correspond to the arrivals by index.
   */
  commit(arrivals: readonly Arrival[]): Promise<Outcome[]>;
  /**
   * Merges a registry file into the registry, all or nothing, and recounts repeats and rollups of what changed in the
   * same transaction. `by` is who the log of changes names; default: `import`, now. Error: RegistryRefusal
   * `registry-contradiction` naming every fault.
   */
  importRegistry(file: RegistryFile, by?: Actor): Promise<ImportSummary>;
  /**
   * Removes raw presses counted before `before` (UTC ms, rounded down to a bucket). Rollups stay. A press that comes
   * later for a time before it is counted, is never a repeat, and goes with the next prune. `by`: who the log of changes
   * names; absent: the gateway by itself, which leaves a line only where anything changed. So with `rebuildRollups`.
   */
  prune(before: number, by?: Actor): Promise<PruneResult>;
  /** Recomputes the rollups from the raw presses; buckets before `rawFrom` stay. */
  rebuildRollups(by?: Actor): Promise<RebuildResult>;
  /**
   * Writes a consistent copy that can be opened as a store; works while presses come in. Error: HymioError
   * `backup-exists`: a copy never replaces a file.
   */
  backup(file: string): Promise<void>;

  registry(): Promise<Registry>;
  /** All terminals, registered or seen, or only those, by id; `at` chooses the assignment shown. */
  terminals(at: number, only?: readonly string[]): Promise<TerminalRecord[]>;
  /** The same of a part of them, by id, each as a `terminalBrief`: what lists and states need of many. */
  terminalBriefs(at: number, wanted: WantedBriefs): Promise<TerminalBrief[]>;
  terminal(id: string, at: number): Promise<TerminalDetail | undefined>;
  rollups(query: RollupQuery): Promise<RollupCell[]>;
  /**
   * Presses that count in [from, to), UTC ms, multiples of BUCKET_MS, with one UTC offset (ms, positive east): by terminal
   * and service point; where there were none, nothing.
   */
  hoursOfWeek(from: number, to: number, offsetMs: number): Promise<HourOfWeekCounts[]>;
  presses(query: PressQuery): Promise<PressPage>;
  /** Spans that touch [from, to), by terminal and time. */
  presence(from: number, to: number, terminal?: string): Promise<PresenceSpan[]>;
  /** Faults that terminals told of in [from, to), by terminal, time and code. */
  faultSpans(from: number, to: number, terminal?: string): Promise<FaultSpan[]>;
  /** Lost ranges recorded in [from, to). */
  lostRanges(from: number, to: number): Promise<LostRange[]>;
  incidents(): Promise<Incident[]>;
  /** Of the presses counted in [from, to), those that no panel can have sent, repeats and excluded ones too. */
  suspects(from: number, to: number): Promise<SuspectCount[]>;
  /** Earliest bucket with anything in it; undefined for an empty store. */
  firstBucket(): Promise<number | undefined>;
  /** Rejects where the store cannot be written now. */
  check(): Promise<void>;
  close(): Promise<void>;
}
