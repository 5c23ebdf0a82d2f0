import { HymioError } from '@hymio/protocol';
import type { ChangeLogEntry, ChangeLogQuery } from '../administration/change-log.js';
import type { StaffNote, StaffNoteText } from '../administration/staff-note.js';
import { GATEWAY_ITSELF, storeActor } from '../administration/store-act.js';
import type { Actor, Exclusion, ExclusionRequest, ExclusionTarget } from '../exclusions/exclusion.js';
import { applyPresence } from '../ingest/apply-presence.js';
import type { PublicBlock } from '../public/public-block.js';
import type { PublicSetting } from '../public/public-setting.js';
import { mergeRegistry } from '../registry/merge-registry.js';
import type { Registry } from '../registry/registry.js';
import { placementChanges } from '../registry/registry-changes.js';
import type { RegistryEdit } from '../registry/registry-edit.js';
import type { ImportSummary, RegistryFile } from '../registry/registry-file.js';
import { RegistryIndex } from '../registry/registry-index.js';
import { registryContradiction } from '../registry/registry-refusal.js';
import type {
  ExclusionChange,
  ExclusionQuery,
  PressTally,
  RegistryChange,
  StaffNoteQuery,
} from './administration-store.js';
import {
  addExclusion,
  editRegistry,
  listChanges,
  listExclusions,
  listStaffNotes,
  putStaffNote,
  removeStaffNote,
  replaceRegistry,
  revokeExclusion,
  tallyPresses,
} from './memory/administer-state.js';
import { applyArrival } from './memory/apply-arrival.js';
import { countSuspects } from './memory/count-suspects.js';
import { prune, rebuildRollups, restored } from './memory/maintain-state.js';
import type { MemoryDecisions } from './memory/memory-decisions.js';
import { MemoryReportStore } from './memory/memory-report-store.js';
import { MemorySettingsStore } from './memory/memory-settings-store.js';
import { emptyMemoryState, type MemoryState } from './memory/memory-state.js';
import { MemoryTokenStore } from './memory/memory-token-store.js';
import { closePublicBlock, listPublicBlocks, putPublicSetting } from './memory/public-state.js';
import {
  readBriefs,
  readCells,
  readDetail,
  readFaults,
  readHoursOfWeek,
  readPressPage,
  readRecords,
  readSpans,
  rollupRows,
} from './memory/read-state.js';
import { replayMarks } from './memory/replay-marks.js';
import type { SettingsStore } from './settings-store.js';
import type {
  Arrival,
  FaultSpan,
  HourOfWeekCounts,
  Incident,
  LostRange,
  Outcome,
  PresenceSpan,
  PressPage,
  PressQuery,
  PruneResult,
  RebuildResult,
  RollupCell,
  RollupQuery,
  Store,
  SuspectCount,
  TerminalDetail,
  TerminalRecord,
} from './store.js';
import type { TokenStore } from './token-store.js';

/** Where a MemoryStore's backups lie, by file name. */
export type MemoryDisk = Map<string, MemoryState>;

export interface MemoryStoreOptions {
  /** What it begins with; default: empty. */
  state?: MemoryState;
  disk?: MemoryDisk;
  /** Wall time, UTC ms; default `Date.now`. */
  now?: () => number;
  /** What is decided otherwise than by the plain definitions. */
  decisions?: Partial<MemoryDecisions>;
}

/**
 * A store in memory that follows the definitions as plainly as can be: marks by full replay, rollups summed at read.
 * For simulation, and as the oracle that the real stores are compared with.
 */
export class MemoryStore implements Store {
  readonly reports: MemoryReportStore;
  readonly tokens: TokenStore;
  readonly settings: SettingsStore;
  private readonly state: MemoryState;
  private readonly disk: MemoryDisk;
  private readonly now: () => number;
  private readonly decisions: MemoryDecisions;
  private places: RegistryIndex;
  private closed = false;

  constructor({
    state = emptyMemoryState(),
    disk = new Map(),
    now = Date.now,
    decisions = {},
  }: MemoryStoreOptions = {}) {
    this.state = state;
    this.disk = disk;
    this.now = now;
    this.decisions = { applyPresence, ...decisions };
    this.places = new RegistryIndex(state.registry, state.exclusions);
    this.reports = new MemoryReportStore(state, () => this.requireOpen());
    this.tokens = new MemoryTokenStore(state, () => this.requireOpen());
    this.settings = new MemorySettingsStore(state, () => this.requireOpen());
  }

  async commit(arrivals: readonly Arrival[]): Promise<Outcome[]> {
    this.requireOpen();
    return arrivals.map((arrival) => applyArrival(this.state, this.places, this.decisions, structuredClone(arrival)));
  }

  async importRegistry(file: RegistryFile, by?: Actor): Promise<ImportSummary> {
    this.requireOpen();
    const { registry, faults, ...tally } = mergeRegistry(this.state.registry, file);
    if (faults.length > 0) throw registryContradiction(faults);
    replaceRegistry(this.state, registry, by ?? { who: 'import', at: this.now() }, { what: 'import' });
    return { ...tally, recounted: this.countAnew() };
  }

  async editRegistry(edit: RegistryEdit, by: Actor): Promise<RegistryChange> {
    this.requireOpen();
    editRegistry(this.state, edit, by);
    return { recounted: this.countAnew() };
  }

  async exclude(request: ExclusionRequest, by: Actor): Promise<ExclusionChange> {
    this.requireOpen();
    const exclusion = structuredClone(addExclusion(this.state, request, by));
    return { exclusion, recounted: this.countAnew() };
  }

  async revokeExclusion(id: number, by: Actor, why?: string): Promise<ExclusionChange> {
    this.requireOpen();
    const exclusion = structuredClone(revokeExclusion(this.state, id, by, why));
    return { exclusion, recounted: this.countAnew() };
  }

  async exclusions(query?: ExclusionQuery): Promise<Exclusion[]> {
    return listExclusions(this.state, query);
  }

  async tallyPresses(target: ExclusionTarget, from: number, to: number): Promise<PressTally> {
    return tallyPresses(this.state, target, from, to);
  }

  async putStaffNote(note: StaffNoteText, by: Actor, id?: number): Promise<StaffNote> {
    this.requireOpen();
    return putStaffNote(this.state, note, by, id);
  }

  async removeStaffNote(id: number, by: Actor): Promise<void> {
    this.requireOpen();
    removeStaffNote(this.state, id, by);
  }

  async staffNotes(query?: StaffNoteQuery): Promise<StaffNote[]> {
    return listStaffNotes(this.state, query);
  }

  async putPublicSetting(setting: PublicSetting, by: Actor): Promise<void> {
    this.requireOpen();
    putPublicSetting(this.state, setting, by);
  }

  async publicSettings(): Promise<PublicSetting[]> {
    return structuredClone(this.state.publicSettings);
  }

  async closePublicBlock(block: PublicBlock): Promise<void> {
    this.requireOpen();
    closePublicBlock(this.state, block);
  }

  async publicBlocks(query: { servicePoint: string; from: number }): Promise<PublicBlock[]> {
    return listPublicBlocks(this.state, query);
  }

  async registryLog(query: ChangeLogQuery): Promise<ChangeLogEntry[]> {
    return listChanges(this.state, query);
  }

  async prune(before: number, by?: Actor): Promise<PruneResult> {
    this.requireOpen();
    return prune(this.state, before, storeActor(by, this.now));
  }

  async rebuildRollups(by?: Actor): Promise<RebuildResult> {
    this.requireOpen();
    return rebuildRollups(this.state, storeActor(by, this.now));
  }

  async backup(file: string): Promise<void> {
    if (this.disk.has(file)) throw new HymioError('backup-exists', `${file} exists already.`, 'Choose another name.');
    this.disk.set(file, { ...structuredClone(this.state), copiedAt: this.now() });
  }

  async registry(): Promise<Registry> {
    return structuredClone(this.state.registry);
  }

  async terminals(at: number, only?: readonly string[]): Promise<TerminalRecord[]> {
    return readRecords(this.state, at).filter(({ id }) => only === undefined || only.includes(id));
  }

  async terminalBriefs(...[at, wanted]: Parameters<Store['terminalBriefs']>) {
    return readBriefs(this.state, at, wanted);
  }

  async terminal(id: string, at: number): Promise<TerminalDetail | undefined> {
    return readDetail(this.state, id, at);
  }

  async rollups(query: RollupQuery): Promise<RollupCell[]> {
    return readCells(this.state, query);
  }

  async hoursOfWeek(from: number, to: number, offsetMs: number): Promise<HourOfWeekCounts[]> {
    return readHoursOfWeek(this.state, from, to, offsetMs);
  }

  async presses(query: PressQuery): Promise<PressPage> {
    return readPressPage(this.state, query);
  }

  async presence(from: number, to: number, terminal?: string): Promise<PresenceSpan[]> {
    return readSpans(this.state, from, to).filter((span) => terminal === undefined || span.terminal === terminal);
  }

  async faultSpans(from: number, to: number, terminal?: string): Promise<FaultSpan[]> {
    return readFaults(this.state, from, to).filter((span) => terminal === undefined || span.terminal === terminal);
  }

  async lostRanges(from: number, to: number): Promise<LostRange[]> {
    const found = this.state.lost.filter(({ recordedAt }) => recordedAt >= from && recordedAt < to);
    return structuredClone(found.sort((a, b) => a.recordedAt - b.recordedAt));
  }

  async incidents(): Promise<Incident[]> {
    return structuredClone(this.state.incidents);
  }

  async suspects(from: number, to: number): Promise<SuspectCount[]> {
    return countSuspects(this.state, from, to);
  }

  async firstBucket(): Promise<number | undefined> {
    const rows = rollupRows(this.state);
    return rows.length === 0 ? undefined : Math.min(...rows.map(({ start }) => start));
  }

  async check(): Promise<void> {
    this.requireOpen();
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Marks everything again by what is in force now; returns the terminals that it changes anything for. */
  private countAnew(): string[] {
    const before = this.places;
    this.places = new RegistryIndex(this.state.registry, this.state.exclusions);
    for (const id of this.state.terminals.keys()) replayMarks(this.state, this.places, id);
    return [...placementChanges(before, this.places).keys()].sort();
  }

  private requireOpen(): void {
    if (this.closed) throw new HymioError('store-unwritable', 'The store is closed.', 'Open it for writing.');
  }
}

/** A store from a backup, with the incident that says so. Error: HymioError `backup-missing`. */
export function restoreMemoryStore(options: {
  disk: MemoryDisk;
  from: string;
  now?: () => number;
  by?: string;
  decisions?: Partial<MemoryDecisions>;
}): MemoryStore {
  const { disk, from, now = Date.now, by = GATEWAY_ITSELF, decisions = {} } = options;
  const copy = disk.get(from);
  if (copy === undefined) throw new HymioError('backup-missing', `There is no file ${from}.`, 'Name a backup.');
  const state = restored(copy, { who: by, at: now() });
  return new MemoryStore({ state, disk, now, decisions });
}
