import type { StaffNote, StaffNoteText } from '../../administration/staff-note.js';
import { pruneChange, rebuildChange, type StoreActor } from '../../administration/store-act.js';
import type { Actor, ExclusionRequest } from '../../exclusions/exclusion.js';
import type { PublicBlock } from '../../public/public-block.js';
import type { PublicSetting } from '../../public/public-setting.js';
import type { Registry } from '../../registry/registry.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import type { ImportSummary, RegistryFile } from '../../registry/registry-file.js';
import type { ExclusionChange, RegistryChange } from '../administration-store.js';
import type { Arrival, Outcome, PruneResult, RebuildResult } from '../store.js';
import { AccountWriter } from './account-rows.js';
import {
  editRegistry,
  exclude,
  importRegistry,
  putPublicSetting,
  putStaffNote,
  removeStaffNote,
  revokeExclusion,
} from './administration-writer.js';
import { AlertWriter } from './alert-writer.js';
import { logChanges } from './change-log-rows.js';
import { type Db, openForWriting } from './database.js';
import { IdentityWriter } from './identity-rows.js';
import { writeMeta } from './meta.js';
import { PeopleWriter } from './people-writer.js';
import { PressWriter } from './press-writer.js';
import { prune } from './prune.js';
import { savePublicBlock } from './public-rows.js';
import { rebuildRollups } from './rebuild.js';
import { ReportWriter } from './report-writer.js';
import { migrate } from './schema.js';
import { SettingsWriter } from './settings-writer.js';
import { toStoreError } from './sqlite-error.js';
import { StatusWriter } from './status-writer.js';
import { TokenWriter } from './token-rows.js';
import { makeContext, type WriterContext } from './writer-context.js';

/** All that depends on the state of the file; thrown away whole when a write fails. */
interface Writing {
  context: WriterContext;
  presses: PressWriter;
  statuses: StatusWriter;
}

/**
 * The write side: synchronous, plain values in and out, so that it can live in a worker as well. Each method is one
 * transaction; when it throws, file and memory are as before.
 */
export class SqliteWriter {
  private readonly db: Db;
  private readonly file: string;
  private readonly begin;
  private readonly end;
  private writing: Writing | undefined;
  /** As it lies in the file. It outlives a failed write, for much is made of it, and a full disk fails each second. */
  private known: Registry | undefined;

  /** `maxPages` limits the size of the file. */
  constructor(file: string, maxPages?: number) {
    this.file = file;
    this.db = openForWriting(file);
    try {
      migrate(this.db);
      if (maxPages !== undefined) this.db.pragma(`max_page_count = ${maxPages}`);
      this.begin = this.db.prepare('BEGIN IMMEDIATE');
      this.end = this.db.prepare('COMMIT');
    } catch (error) {
      this.db.close();
      throw toStoreError(error, file);
    }
  }

  commit(arrivals: readonly Arrival[]): Outcome[] {
    return this.transaction((writing) => {
      const outcomes = arrivals.map((arrival) => apply(writing, arrival));
      writing.context.cache.flush();
      writing.context.deltas.flush();
      return outcomes;
    });
  }

  /** As of the last write; frozen. Nobody else writes, so it needs no transaction. */
  registry(): Registry {
    try {
      return this.ready().context.registry;
    } catch (error) {
      throw toStoreError(error, this.file);
    }
  }

  importRegistry(file: RegistryFile, by: Actor): ImportSummary {
    return this.transaction(({ context }) => importRegistry(context, file, by));
  }

  editRegistry(edit: RegistryEdit, by: Actor): RegistryChange {
    return this.transaction(({ context }) => editRegistry(context, edit, by));
  }

  exclude(request: ExclusionRequest, by: Actor): ExclusionChange {
    return this.transaction(({ context }) => exclude(context, request, by));
  }

  revokeExclusion(id: number, by: Actor, why: string | undefined): ExclusionChange {
    return this.transaction(({ context }) => revokeExclusion(context, id, by, why));
  }

  putStaffNote(note: StaffNoteText, by: Actor, id: number | undefined): StaffNote {
    return this.transaction(({ context }) => putStaffNote(context, note, by, id));
  }

  removeStaffNote(id: number, by: Actor): void {
    this.transaction(({ context }) => removeStaffNote(context, id, by));
  }

  putPublicSetting(setting: PublicSetting, by: Actor): void {
    this.transaction(({ context }) => putPublicSetting(context, setting, by));
  }

  closePublicBlock(block: PublicBlock): void {
    this.transaction(() => savePublicBlock(this.db, block));
  }

  prune(before: number, by: StoreActor): PruneResult {
    return this.transaction(({ context }) => {
      const result = prune(context, before);
      logChanges(this.db, pruneChange(by, result, context.rawFrom), by, { what: 'prune' });
      context.rawFrom = result.rawFrom;
      context.cache.forget();
      return result;
    });
  }

  rebuildRollups(by: StoreActor): RebuildResult {
    return this.transaction(({ context }) => {
      const result = rebuildRollups(context);
      logChanges(this.db, rebuildChange(by, result), by, { what: 'rebuild-rollups' });
      context.cache.forget();
      return result;
    });
  }

  /** Writes about alerts, in one transaction. */
  alerts<T>(work: (rows: AlertWriter) => T): T {
    return this.transaction(() => work(new AlertWriter(this.db)));
  }

  /** Writes about reports that are issued, in one transaction. */
  reports<T>(work: (rows: ReportWriter) => T): T {
    return this.transaction(({ context }) => work(new ReportWriter(context)));
  }

  /** Writes about tokens, in one transaction. */
  tokens<T>(work: (rows: TokenWriter) => T): T {
    return this.transaction(({ context }) => work(new TokenWriter(this.db, context.registry)));
  }

  /** Writes about MQTT accounts, in one transaction. */
  accounts<T>(work: (rows: AccountWriter) => T): T {
    return this.transaction(({ context }) => work(new AccountWriter(this.db, context.registry)));
  }

  /** Writes about people, in one transaction. */
  people<T>(work: (rows: PeopleWriter) => T): T {
    return this.transaction(({ context }) => work(new PeopleWriter(this.db, context.registry)));
  }

  /** Writes about what is desired of terminals, in one transaction. */
  settings<T>(work: (rows: SettingsWriter) => T): T {
    return this.transaction(({ context }) => work(new SettingsWriter(this.db, context.registry)));
  }

  /** Writes about the identity of terminals, in one transaction. */
  identity<T>(work: (rows: IdentityWriter) => T): T {
    return this.transaction(() => work(new IdentityWriter(this.db)));
  }

  /** Writes something small. `now`: UTC ms. */
  check(now: number): void {
    this.transaction(() => writeMeta(this.db, 'checked-at', now));
  }

  close(): void {
    this.db.close();
  }

  private ready(): Writing {
    this.writing ??= begin(this.db, this.known);
    this.known = this.writing.context.registry;
    return this.writing;
  }

  private transaction<T>(work: (writing: Writing) => T): T {
    try {
      this.begin.run();
      const writing = this.ready();
      const result = work(writing);
      this.end.run();
      this.known = writing.context.registry;
      return result;
    } catch (error) {
      // What failed may have been the change of the registry itself.
      if (this.writing !== undefined && this.writing.context.registry !== this.known) this.known = undefined;
      this.writing = undefined;
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw toStoreError(error, this.file);
    }
  }
}

function begin(db: Db, registry: Registry | undefined): Writing {
  const context = makeContext(db, registry);
  return { context, presses: new PressWriter(context), statuses: new StatusWriter(context) };
}

function apply({ presses, statuses }: Writing, arrival: Arrival): Outcome {
  switch (arrival.kind) {
    case 'presses':
      return presses.apply(arrival);
    case 'status':
      return statuses.apply(arrival);
    case 'availability':
      return statuses.applyAvailability(arrival);
  }
}
