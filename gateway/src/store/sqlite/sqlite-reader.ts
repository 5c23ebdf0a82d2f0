import type { ChangeLogEntry, ChangeLogQuery } from '../../administration/change-log.js';
import type { StaffNote } from '../../administration/staff-note.js';
import type { Exclusion, ExclusionTarget } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import type { ExclusionQuery, PressTally, StaffNoteQuery } from '../administration-store.js';
import type {
  Incident,
  LostRange,
  PresenceSpan,
  PressPage,
  PressQuery,
  RollupCell,
  RollupQuery,
  TerminalDetail,
  TerminalRecord,
} from '../store.js';
import { makeBackup } from './backup.js';
import { readChangeLog } from './change-log-rows.js';
import { type Db, openForReading } from './database.js';
import { readExclusions, tallyPresses } from './exclusion-rows.js';
import { readIncidents } from './incident-rows.js';
import { readPresses } from './press-reader.js';
import { readRegistry } from './registry-rows.js';
import { readRollups } from './rollup-reader.js';
import { requireCurrentSchema } from './schema.js';
import { toStoreError } from './sqlite-error.js';
import { readStaffNotes } from './staff-note-rows.js';
import { readLostRanges, readTerminal, readTerminals } from './terminal-reader.js';

/** The read side on a connection of its own: synchronous, plain values in and out, so that it can live in a worker. */
export class SqliteReader {
  private readonly db: Db;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    this.db = openForReading(file);
    try {
      requireCurrentSchema(this.db);
    } catch (error) {
      this.db.close();
      throw toStoreError(error, file);
    }
  }

  registry(): Registry {
    // One transaction, so that an import between two tables is not seen by halves.
    return this.reading(() => this.db.transaction(() => readRegistry(this.db))());
  }

  terminals(at: number): TerminalRecord[] {
    return this.reading(() => this.db.transaction(() => readTerminals(this.db, at))());
  }

  terminal(id: string, at: number): TerminalDetail | undefined {
    return this.reading(() => this.db.transaction(() => readTerminal(this.db, id, at))());
  }

  rollups(query: RollupQuery): RollupCell[] {
    return this.reading(() => this.db.transaction(() => readRollups(this.db, query))());
  }

  presses(query: PressQuery): PressPage {
    return this.reading(() => readPresses(this.db, query));
  }

  presence(from: number, to: number): PresenceSpan[] {
    // Spans of a terminal do not overlap: only the last that began before the range can reach into it.
    const spans = this.reading(() =>
      this.db
        .prepare<[{ from: number; to: number }], PresenceSpan>(
          `SELECT t.id AS terminal, p.from_at AS "from", p.to_at AS "to" FROM terminals t CROSS JOIN presence p
           ON p.terminal = t.key AND p.from_at < @to AND p.from_at >= ifnull(
             (SELECT max(from_at) FROM presence q WHERE q.terminal = t.key AND q.from_at <= @from), @from)
           WHERE p.to_at >= @from ORDER BY t.id, p.from_at`,
        )
        .all({ from, to }),
    );
    return spans;
  }

  lostRanges(from: number, to: number): LostRange[] {
    return this.reading(() => readLostRanges(this.db, from, to));
  }

  incidents(): Incident[] {
    return this.reading(() => readIncidents(this.db));
  }

  exclusions(query?: ExclusionQuery): Exclusion[] {
    return this.reading(() => readExclusions(this.db, query));
  }

  tallyPresses(target: ExclusionTarget, from: number, to: number): PressTally {
    return this.reading(() => tallyPresses(this.db, target, from, to));
  }

  staffNotes(query?: StaffNoteQuery): StaffNote[] {
    return this.reading(() => readStaffNotes(this.db, query));
  }

  registryLog(query: ChangeLogQuery): ChangeLogEntry[] {
    return this.reading(() => readChangeLog(this.db, query));
  }

  firstBucket(): number | undefined {
    return this.reading(
      () =>
        this.db.prepare<[], { first: number | null }>('SELECT min(start) AS first FROM rollups').get()?.first ??
        undefined,
    );
  }

  /** `now`: UTC ms, written into the copy. Error: HymioError `backup-exists`. */
  backup(target: string, now: number): void {
    this.reading(() => makeBackup(this.db, target, now));
  }

  close(): void {
    this.db.close();
  }

  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw toStoreError(error, this.file);
    }
  }
}
