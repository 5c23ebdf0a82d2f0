import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import type { ChangeLogEntry, ChangeLogQuery } from '../../administration/change-log.js';
import type { StaffNote, StaffNoteText } from '../../administration/staff-note.js';
import { storeActor } from '../../administration/store-act.js';
import type { AlertStore } from '../../alerts/alert-store.js';
import type { Actor, Exclusion, ExclusionRequest, ExclusionTarget } from '../../exclusions/exclusion.js';
import type { PublicBlock } from '../../public/public-block.js';
import type { PublicSetting } from '../../public/public-setting.js';
import type { Registry } from '../../registry/registry.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import type { ImportSummary, RegistryFile } from '../../registry/registry-file.js';
import type { ReportStore } from '../../reporting/report-store.js';
import type { AccountStore } from '../account-store.js';
import type {
  ExclusionChange,
  ExclusionQuery,
  PressTally,
  RegistryChange,
  StaffNoteQuery,
} from '../administration-store.js';
import type { IdentityStore } from '../identity-store.js';
import type { PeopleStore } from '../people-store.js';
import type { SettingsStore } from '../settings-store.js';
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
  WantedBriefs,
} from '../store.js';
import type { TokenStore } from '../token-store.js';
import { STORE_FILE } from './database.js';
import { PooledReads } from './pooled-reads.js';
import { InThreadReads, type ReadSide, WorkerReads } from './read-side.js';
import { sideStores } from './side-stores.js';
import type { SqliteWriter } from './sqlite-writer.js';
import { closeWriteSide, openWriteSide, type WriteSide } from './write-side.js';

export interface SqliteStoreOptions {
  /** Made where it does not exist. */
  folder: string;
  /** Where reads run; default `worker`. `in-thread` is for short commands. */
  reads?: 'worker' | 'in-thread';
  /** `read`: without the writer's place, also while a gateway writes; every write then rejects. Default `write`. */
  access?: 'write' | 'read';
  /** Wall time, UTC ms; default `Date.now`. */
  now?: () => number;
  /** Limits the size of the file. */
  maxPages?: number;
}

/** How old a successful write may be for `check` to rely on it, ms. */
const CHECK_FRESH_MS = 10_000;

/**
 * Opens the store of a folder and brings it to the newest schema. Errors: HymioError `store-in-use`,
 * `store-newer-schema`, `store-unwritable`, `store-corrupt`, `store-full`; for `access: 'read'` also `store-missing` and
 * `store-older-schema`.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { folder, access = 'write' } = options;
  const file = join(folder, STORE_FILE);
  const write = access === 'write' ? openWriteSide(folder, file, options.maxPages) : undefined;
  if (write === undefined && !existsSync(file)) {
    throw new HymioError('store-missing', `There is no store in ${folder}.`, 'Check the `data` folder of the config.');
  }
  let reads: ReadSide | undefined;
  try {
    reads = options.reads === 'in-thread' ? new InThreadReads(file) : new PooledReads(file);
    // The first read starts the thread: what is wrong with it shows here, not in the first report.
    await reads.call('firstBucket');
    return new SqliteStore(folder, write, reads, options.now ?? Date.now);
  } catch (error) {
    await reads?.close();
    closeWriteSide(write);
    throw error;
  }
}

/** The store in a folder. Made by `openSqliteStore`. */
export class SqliteStore implements Store {
  readonly alerts: AlertStore;
  readonly reports: ReportStore;
  readonly tokens: TokenStore;
  readonly identity: IdentityStore;
  readonly settings: SettingsStore;
  readonly people: PeopleStore;
  readonly accounts: AccountStore;
  private readonly folder: string;
  private readonly write: WriteSide | undefined;
  private readonly reads: ReadSide;
  private readonly now: () => number;
  private writtenAt = -Infinity;
  /** The writer's registry, and as what it was given away. */
  private held: { own: Registry; registry: Registry } | undefined;
  private closing: Promise<void> | undefined;

  constructor(folder: string, write: WriteSide | undefined, reads: ReadSide, now: () => number) {
    this.folder = folder;
    this.write = write;
    this.reads = reads;
    this.now = now;
    const sides = sideStores(this.writing.bind(this), reads);
    this.tokens = sides.tokens;
    this.identity = sides.identity;
    this.settings = sides.settings;
    this.people = sides.people;
    this.accounts = sides.accounts;
    this.alerts = sides.alerts;
    this.reports = sides.reports;
  }

  async commit(arrivals: readonly Arrival[]): Promise<Outcome[]> {
    return this.writing((writer) => writer.commit(arrivals));
  }

  async importRegistry(file: RegistryFile, by?: Actor): Promise<ImportSummary> {
    return this.changing((writer) => writer.importRegistry(file, by ?? { who: 'import', at: this.now() }));
  }

  async editRegistry(edit: RegistryEdit, by: Actor): Promise<RegistryChange> {
    return this.changing((writer) => writer.editRegistry(edit, by));
  }

  async exclude(request: ExclusionRequest, by: Actor): Promise<ExclusionChange> {
    return this.changing((writer) => writer.exclude(request, by));
  }

  async revokeExclusion(id: number, by: Actor, why?: string): Promise<ExclusionChange> {
    return this.changing((writer) => writer.revokeExclusion(id, by, why));
  }

  async putStaffNote(note: StaffNoteText, by: Actor, id?: number): Promise<StaffNote> {
    return this.changing((writer) => writer.putStaffNote(note, by, id));
  }

  async removeStaffNote(id: number, by: Actor): Promise<void> {
    this.changing((writer) => writer.removeStaffNote(id, by));
  }

  async putPublicSetting(setting: PublicSetting, by: Actor): Promise<void> {
    this.changing((writer) => writer.putPublicSetting(setting, by));
  }

  async closePublicBlock(block: PublicBlock): Promise<void> {
    this.changing((writer) => writer.closePublicBlock(block));
  }

  async prune(before: number, by?: Actor): Promise<PruneResult> {
    return this.changing((writer) => writer.prune(before, storeActor(by, this.now)));
  }

  async rebuildRollups(by?: Actor): Promise<RebuildResult> {
    return this.changing((writer) => writer.rebuildRollups(storeActor(by, this.now)));
  }

  /** Copies on a connection of its own, so that neither writes nor reports wait for it. */
  async backup(file: string): Promise<void> {
    const reads = this.reads instanceof PooledReads ? new WorkerReads(join(this.folder, STORE_FILE)) : undefined;
    try {
      await (reads ?? this.reads).call('backup', file, this.now());
    } finally {
      await reads?.close();
    }
  }

  async check(): Promise<void> {
    const now = this.now();
    this.writeSide();
    if (now >= this.writtenAt && now - this.writtenAt < CHECK_FRESH_MS) return;
    this.writing((writer) => writer.check(now));
  }

  /**
   * The writer's own, since nearly every page needs it; frozen. Another object after each change of what is counted, as
   * exclusions are: who finds the same has all of it. Beside another process that writes it is read anew.
   */
  async registry(): Promise<Registry> {
    if (this.write === undefined) return this.reads.call('registry');
    const own = this.writeSide().writer.registry();
    if (this.held?.own !== own) this.held = { own, registry: Object.freeze({ ...own }) };
    return this.held.registry;
  }

  terminals(at: number, only?: readonly string[]): Promise<TerminalRecord[]> {
    return this.reads.call('terminals', at, only);
  }

  terminalBriefs(at: number, wanted: WantedBriefs) {
    return this.reads.call('terminalBriefs', at, wanted);
  }

  terminal(id: string, at: number): Promise<TerminalDetail | undefined> {
    return this.reads.call('terminal', id, at);
  }

  rollups(query: RollupQuery): Promise<RollupCell[]> {
    return this.reads.call('rollups', query);
  }

  hoursOfWeek(from: number, to: number, offsetMs: number): Promise<HourOfWeekCounts[]> {
    return this.reads.call('hoursOfWeek', from, to, offsetMs);
  }

  presses(query: PressQuery): Promise<PressPage> {
    return this.reads.call('presses', query);
  }

  presence(from: number, to: number, terminal?: string): Promise<PresenceSpan[]> {
    return this.reads.call('presence', from, to, terminal);
  }

  faultSpans(from: number, to: number, terminal?: string): Promise<FaultSpan[]> {
    return this.reads.call('faultSpans', from, to, terminal);
  }

  lostRanges(from: number, to: number): Promise<LostRange[]> {
    return this.reads.call('lostRanges', from, to);
  }

  incidents(): Promise<Incident[]> {
    return this.reads.call('incidents');
  }

  suspects(from: number, to: number): Promise<SuspectCount[]> {
    return this.reads.call('suspects', from, to);
  }

  exclusions(query?: ExclusionQuery): Promise<Exclusion[]> {
    return this.reads.call('exclusions', query);
  }

  tallyPresses(target: ExclusionTarget, from: number, to: number): Promise<PressTally> {
    return this.reads.call('tallyPresses', target, from, to);
  }

  publicSettings(): Promise<PublicSetting[]> {
    return this.reads.call('publicSettings');
  }

  publicBlocks(query: { servicePoint: string; from: number }): Promise<PublicBlock[]> {
    return this.reads.call('publicBlocks', query);
  }

  staffNotes(query?: StaffNoteQuery): Promise<StaffNote[]> {
    return this.reads.call('staffNotes', query);
  }

  registryLog(query: ChangeLogQuery): Promise<ChangeLogEntry[]> {
    return this.reads.call('registryLog', query);
  }

  firstBucket(): Promise<number | undefined> {
    return this.reads.call('firstBucket');
  }

  /** Waits for reads under way. */
  close(): Promise<void> {
    this.closing ??= this.reads.close().finally(() => closeWriteSide(this.write));
    return this.closing;
  }

  /** Any write but those of what terminals send and of what is kept beside may change what is counted; one that fails does not. */
  private changing<T>(work: (writer: SqliteWriter) => T): T {
    const result = this.writing(work);
    this.held = undefined;
    return result;
  }

  private writing<T>(work: (writer: SqliteWriter) => T): T {
    const { writer } = this.writeSide();
    this.writtenAt = -Infinity;
    const result = work(writer);
    this.writtenAt = this.now();
    return result;
  }

  private writeSide(): WriteSide {
    if (this.write !== undefined && this.closing === undefined) return this.write;
    const why = this.write === undefined ? 'is open for reading only' : 'is closed';
    throw new HymioError('store-unwritable', `The store in ${this.folder} ${why}.`, 'Open it for writing.');
  }
}
